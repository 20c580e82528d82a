// Package suggest helps who types: it corrects misspelt words (did you mean,
// 您是不是要找) and completes words by their characters or their pinyin.
//
// Everything rests on a Lexicon, the words and character pairs of one
// generation with the number of documents that hold each, so that nothing is
// suggested that the index doesn't hold. What sounds alike comes from pinyin,
// what looks alike from the glyphs of a bitmap font.
//
// It imports textnorm and query of this project, nothing of an index: terms come
// in as sequences and files as streams.
package suggest
