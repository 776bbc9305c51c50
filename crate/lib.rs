//! The engine: mathematics, models and labs; it knows no page.
