// Package analyzer folds text (package textnorm) with the tables of one folder
// of dictionaries and splits it into the terms of the two channels: words, which
// package jieba segments with the dictionaries of the folder, and grams, which need
// none. Both are also registered with bleve (bleve.go).
//
// Start with analyzer.go, then segment.go for words and grams.go for grams.
// script.go makes the table of Han characters; synonyms.go finds synonyms and numbers
// written in another way. files.go, dictionary.go, model.go and userdict.go read and
// check the dictionaries, compiled.go keeps what was made of them, install.go writes
// them.
//
// segmenter_gojieba.go is the other segmenter, the reference for package jieba. It has
// the project's only cgo, through gojieba, and what protects the process from it:
// cppjieba aborts on a dictionary that it can't read, and drops text that is not clean
// UTF-8. The package may import internal/jieba, internal/textnorm, internal/numeral,
// internal/smallfile, gojieba and bleve's packages analysis and registry, and nothing else
// of this project.
package analyzer
