//! A table as Parquet, its columns typed, every cell one that may be empty.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::columns::{Cells, Column, Table};

/// The file; `link` stands in its metadata.
pub fn bytes(table: &Table, link: &str) -> Result<Vec<u8>, String> {
    written(table, link).map_err(|error| format!("cannot make the Parquet file: {error}"))
}

fn written(table: &Table, link: &str) -> Result<Vec<u8>, ParquetError> {
    let fields = table.columns.iter().map(|column| field(column).map(Arc::new)).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("runs").with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("chailou {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(vec![KeyValue::new("link".to_owned(), link.to_owned())]))
        .build();
    let mut file = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut file, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in &table.columns {
        match &column.cells {
            Cells::Text(texts) => {
                write::<ByteArrayType, _>(&mut group, texts, |text| ByteArray::from(text.as_str()))?
            }
            Cells::Whole(numbers) => write::<Int64Type, _>(&mut group, numbers, |number| *number)?,
            Cells::Seed(seeds) => write::<Int64Type, _>(&mut group, seeds, |seed| *seed as i64)?,
            Cells::Number(numbers) => write::<DoubleType, _>(&mut group, numbers, |number| *number)?,
        }
    }
    group.close()?;
    writer.close()?;
    Ok(file)
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.cells {
        Cells::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Cells::Whole(_) => (Physical::INT64, None),
        Cells::Seed(_) => (Physical::INT64, Some(LogicalType::integer(64, false))),
        Cells::Number(_) => (Physical::DOUBLE, None),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
}

fn write<T: DataType, C>(
    group: &mut SerializedRowGroupWriter<'_, impl std::io::Write + Send>,
    cells: &[Option<C>],
    value: impl Fn(&C) -> T::T,
) -> Result<(), ParquetError> {
    let values: Vec<T::T> = cells.iter().flatten().map(value).collect();
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    let mut column = group.next_column()?.expect("as many columns as the schema has");
    column.typed::<T>().write_batch(&values, Some(&there), None)?;
    column.close()
}
