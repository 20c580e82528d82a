// Package textnorm folds text for matching (width, case, white space) and maps
// byte offsets of the folded text back into the original.
package textnorm
