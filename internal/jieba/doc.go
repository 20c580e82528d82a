// Package jieba segments Chinese text into words, with the dictionaries, the
// algorithm and the results of cppjieba, several times faster and without cgo.
//
// A text is split at separators. Between two of them, route.go finds the most
// probable sequence of dictionary words (a unigram model; the words come from a trie,
// trie.go). Single characters that are left over in a row are segmented by a hidden
// Markov model (hmm.go), which guesses names and new words. In search mode, words of
// two and three characters inside longer ones come before those.
//
// Results equal cppjieba's token for token. So weights are added in its order, and
// logarithm.go has a logarithm that does not depend on the processor.
//
// Start with segmenter.go. dictionary.go has what a Segmenter is made of; format.go
// writes and reads a finished one.
//
// The package imports nothing of this project.
package jieba
