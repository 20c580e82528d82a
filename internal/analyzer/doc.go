// Package analyzer folds text (package textnorm) with the table of one folder
// and cuts it into the terms of the two channels: words, cut by jieba with the
// folder's dictionaries, and grams, which need none. Both are registered with
// bleve too.
//
// It holds the project's only cgo, by way of gojieba, and everything that
// guards it: cppjieba aborts the process on a dictionary it can't read, and
// drops text that is not clean UTF-8. It imports textnorm, gojieba and bleve's
// analysis and registry packages, nothing else of this project.
package analyzer
