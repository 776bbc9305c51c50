//! Who sees whom, and whether order is seen.

use crate::experiment::parameter::text;
use crate::labs::rank::{
    papers::{ANSWERS, ARTICLE, UNILM},
    said::{claim, note, shown},
    state::Towers,
};
use crate::maps::{kernel::Kernel, mask::Mask};
use crate::runtime::readout::Readout;

pub fn all(towers: &Towers) -> Vec<Readout> {
    let mut all = vec![reach(towers)];
    all.extend(order(towers));
    all
}

/// Pairs that one layer connects.
fn reach(towers: &Towers) -> Readout {
    let settings = &towers.settings;
    let seen = towers.now().map.iter().filter(|weight| **weight != 0.0).count();
    let expected = settings.mask.pairs(settings.n);
    let said = match settings.mask {
        Mask::Mixed => note(
            format!(
                "Counted in the map: {seen} of n². One half of the heads reads forward, the other backward, each is a triangle, and together they miss nobody after one layer."
            ),
            format!(
                "在图上数得 {seen}，共 n²。一半的头向前，一半向后，各自是三角形，合起来一层之内谁也不漏。"
            ),
        ),
        Mask::TwoWay => note("Counted in the map: everybody reads everybody.", "在图上数得：人人互读。"),
        Mask::Prefix(p) => note(
            format!("Counted in the map. The first {p} read each other, the others what is before them."),
            format!("在图上数得。前 {p} 个互读，其余只读前文。"),
        ),
        Mask::Causal | Mask::AntiCausal => {
            note("Counted in the map: a triangle, n(n + 1)/2.", "在图上数得：一个三角形，n(n + 1)/2。")
        }
    };
    let title = text("Pairs of tokens that one layer connects", "一层之内连通的字对数");
    let claim = claim("reachable_pairs", title, UNILM);
    if settings.kernel == Kernel::Relu {
        let said = note(
            "Counted in the map. Never more than the mask allows; less, as a query and a key of relu that share no feature have weight 0.",
            "在图上数得。不超过掩码所允许的；比它少，因为 relu 的查询与键若没有共同的特征，权重就是 0。",
        );
        return claim.below(Some(seen as f64), expected as f64 + 1.0, said);
    }
    claim.equals(Some(seen as f64), expected as f64, 0.0, said)
}

/// The prefix read backwards.
fn order(towers: &Towers) -> Vec<Readout> {
    let settings = &towers.settings;
    let changes = towers.changes();
    let most = |changes: &[f64]| changes.iter().copied().fold(0.0, f64::max);
    let (whole, after) = (most(changes), most(&changes[settings.prefix..]));
    let too_few = settings.prefix < 2;
    // Two plain means, one each way, change places.
    let is_mirrored =
        settings.kernel == Kernel::Uniform && settings.mask == Mask::Mixed && settings.prefix >= settings.n;
    // A model turns positions into queries and keys.
    let [en, zh] = match towers.read {
        None => ["no codes of position", "没有位置编码"],
        Some(_) => ["each token taking its code of position along", "每个字带着自己的位置编码走"],
    };
    let is_blind = match settings.mask {
        Mask::TwoWay => true,
        Mask::Prefix(_) => true,
        Mask::Causal | Mask::AntiCausal | Mask::Mixed => false,
    };
    let title = text("What changes when the prefix is read backwards", "把前缀倒着读，输出变了多少");
    let claim = |id, title| claim(id, title, ANSWERS);
    let first = claim("prefix_permutation_change", title);
    let first = if too_few {
        first.equals(
            Some(whole),
            0.0,
            1e-10,
            note("A prefix of fewer than two tokens has no order.", "前缀不足两个字，无次序可言。"),
        )
    } else if is_mirrored {
        first.equals(
            Some(whole),
            0.0,
            1e-10,
            note(
                "Read backwards from end to end, the mean of what came before and the mean of what comes after change places, and their sum is the same.",
                "整段倒读时，前文的平均与后文的平均互换位置，两者之和不变。",
            ),
        )
    } else if is_blind {
        first.equals(
            Some(whole),
            0.0,
            1e-10,
            note(
                format!("Two layers, {en}, each token compared with itself: who reads the whole prefix reads a set, and a set has no order."),
                format!("两层，{zh}，每个字与自己相比：能读到整个前缀的，读到的是一个集合，而集合没有次序。"),
            ),
        )
    } else {
        first.above(
            Some(whole),
            1e-10,
            note(
                format!("Two layers, {en}, each token compared with itself, the largest change. After the prefix it is {}. A triangle sees order by itself.", shown(after)),
                format!("两层，{zh}，每个字与自己相比，取最大变化。前缀之后的字变化为 {}。三角形自己就看得见次序。", shown(after)),
            ),
        )
    };
    let reader = claim_after(settings.mask, after, settings.prefix, settings.n);
    std::iter::once(first).chain(reader).collect()
}

/// The tokens after the prefix alone: what a language model writes from.
fn claim_after(mask: Mask, after: f64, prefix: usize, n: usize) -> Option<Readout> {
    if prefix < 2 || prefix >= n {
        return None;
    }
    let title = text("What of it the tokens after the prefix notice", "前缀之后的字察觉到多少");
    let claim = claim("reader_change", title, ARTICLE);
    Some(match mask {
        Mask::Causal | Mask::Mixed => claim.above(
            Some(after),
            1e-10,
            note(
                "In one layer they would not: what they read is a set to them. In the second they read what the first made of each token by its place.",
                "只有一层则察觉不到：它们读到的只是集合。到第二层，它们读到的是第一层按位置加工过的字。",
            ),
        ),
        Mask::TwoWay | Mask::Prefix(_) => claim.equals(
            Some(after),
            0.0,
            1e-10,
            note("Nothing: order has to be told them by codes of position.", "毫无察觉：次序要靠位置编码告诉它们。"),
        ),
        Mask::AntiCausal => claim.equals(
            Some(after),
            0.0,
            1e-10,
            note("Nothing: they do not read the prefix at all.", "毫无察觉：它们根本不读前缀。"),
        ),
    })
}
