// Package suggest corrects misspelt words of queries (did you mean, 您是不是要找)
// and completes words from their first characters or their pinyin.
//
// Start with speller.go for corrections: for each run of Han characters it asks
// spell_generator.go for candidates, which spell_lattice.go scores, and accepts
// one by spell_candidate.go and spell_confirm.go. Pinyin becomes characters in
// spell_pinyin.go. Completions are in complete.go, and what they may be is chosen
// by a build, in compound_mine.go and the files after it.
//
// Both use a Lexicon (lexicon.go), the words and character pairs of one
// generation with their document frequencies, so that everything suggested is in
// the index. Characters that sound alike come from pinyin (reading.go), those
// that look alike from the glyphs of a bitmap font (glyph.go).
//
// It may import internal/textnorm and internal/query, and nothing of an index:
// terms come as sequences and files as streams.
package suggest
