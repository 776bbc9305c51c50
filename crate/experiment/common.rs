//! The parameters that every lab has.

use super::parameter::{Affects::Page, Choice, Kind, Parameter, choice, help, text};

pub const COMMON: &[Parameter] = &[
    Parameter {
        key: "lang",
        kind: Kind::Choice { options: LANGUAGES, default: "auto" },
        title: text("Language", "语言"),
        help: help(
            "The language of the page. Auto follows the browser.",
            "页面使用的语言。“自动”时跟随浏览器。",
        ),
        ..Parameter::of("page", &[Page])
    },
    Parameter {
        key: "device",
        kind: Kind::Choice { options: DEVICES, default: "auto" },
        title: text("Engine", "引擎"),
        help: help(
            "Where the network runs. Auto starts on the CPU and moves to WebGPU when a real graphics processor answers.",
            "网络在哪里运行。“自动”先用 CPU 起步，若有真正的显卡响应，再转到 WebGPU。",
        ),
        ..Parameter::of("page", &[Page])
    },
    Parameter {
        key: "theme",
        kind: Kind::Choice { options: THEMES, default: "auto" },
        title: text("Theme", "主题"),
        help: help(
            "Paper by day, blueprint by night. Auto follows the system.",
            "日间图纸，夜间蓝图。“自动”时跟随系统。",
        ),
        ..Parameter::of("page", &[Page])
    },
    Parameter {
        key: "controls",
        kind: Kind::Choice { options: CONTROLS, default: "few" },
        title: text("Controls", "设置"),
        help: help(
            "The few settings that one begins with, or all of them. What is not at its default is shown in any case.",
            "只显示入门所需的几项设置，或全部显示。不在默认值上的设置总会显示。",
        ),
        ..Parameter::of("page", &[Page])
    },
    Parameter {
        key: "type",
        kind: Kind::Choice { options: TYPES, default: "normal" },
        title: text("Type", "字号"),
        help: help(
            "The size of all lettering. Large is for a projector and for tired eyes; what is drawn on the sheet grows with it.",
            "页面上所有文字的大小。“大”适合投影，也适合疲劳的眼睛；图上的标注随之变大。",
        ),
        ..Parameter::of("page", &[Page])
    },
];

const CONTROLS: &[Choice] = &[choice("few", "Few", "少量"), choice("all", "All", "全部")];
const LANGUAGES: &[Choice] =
    &[choice("auto", "Auto", "自动"), choice("en", "English", "English"), choice("zh", "中文", "中文")];
const DEVICES: &[Choice] =
    &[choice("auto", "Auto", "自动"), choice("cpu", "CPU", "CPU"), choice("webgpu", "WebGPU", "WebGPU")];
const THEMES: &[Choice] =
    &[choice("auto", "Auto", "自动"), choice("light", "Paper", "图纸"), choice("dark", "Blueprint", "蓝图")];
const TYPES: &[Choice] = &[choice("normal", "Normal", "标准"), choice("large", "Large", "大")];
