// Package textnorm brings texts into the normal form in which they are compared
// (width, case, white space, signs, and classes of Han characters) and maps byte
// offsets of the folded text back to the original. It also classifies runes: Han
// characters, and the letters and digits of other words. docs/normal-form.md is the
// manual.
//
// Start with fold.go, the Folder. fold_text.go folds a text by the table that
// fold_table.go makes of Unicode's data and of fold_sign.go; the classes of Han
// characters are data that the caller of NewFolder passes in. join.go takes out the
// signs that some write inside a word and others don't. rune.go classifies runes.
//
// It may import golang.org/x/text and nothing of this project.
package textnorm
