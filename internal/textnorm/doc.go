// Package textnorm folds text for matching (width, case, white space, and
// script: traditional to simplified Chinese) and maps byte offsets of the folded
// text back to the original. It also classifies runes: Han characters, and the
// letters and digits of other words.
//
// Start with fold.go, the Folder. rune.go folds single runes; join.go takes out the
// signs that some write inside a word and others do not; script.go has the
// table of scripts, which is data that the caller of NewFolder passes in.
//
// It may import golang.org/x/text and nothing of this project.
package textnorm
