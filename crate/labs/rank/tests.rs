//! Laws of the lab, by the session that a link opens.
