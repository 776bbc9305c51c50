//! What tells places apart in the small networks that ship for it, as a choice: labs that ask them name the same eight.

use crate::experiment::parameter::{Choice, choice};

pub const SCHEMES: [Choice; 8] = [
    choice("rope", "RoPE", "RoPE"),
    choice("bias", "RoPE + bias", "RoPE + 偏置"),
    choice("alibi", "ALiBi", "ALiBi"),
    choice("kerple", "KERPLE-log", "KERPLE-log"),
    choice("sandwich", "Sandwich", "Sandwich"),
    choice("learned", "Learned places", "学得的位置"),
    choice("nope", "NoPE", "NoPE"),
    choice("window", "RoPE, hard window", "RoPE，硬窗口"),
];
