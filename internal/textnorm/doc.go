// Package textnorm folds text for matching (width, case, white space, and
// script: traditional to simplified Chinese) and maps byte offsets of the folded
// text back into the original. It also says which runes are Han characters and
// which belong to a run of other letters.
//
// The table of scripts is data that whoever makes a Folder brings. It imports
// golang.org/x/text and nothing of this project.
package textnorm
