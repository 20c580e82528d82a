package build

import "xunwen/internal/generation"

// standardInput is the path of a source without one.
const standardInput = "-"

// joinSources lists the sources of the base and those that were read now. A path
// that was read again is listed once, as it was read last; standard input is
// another source each time, unless its content is the same.
func joinSources(before, read []generation.Source) []generation.Source {
	key := func(s generation.Source) string {
		if s.Path == standardInput {
			return s.Path + s.SHA256
		}
		return s.Path
	}
	again := make(map[string]bool, len(read))
	for _, s := range read {
		again[key(s)] = true
	}
	out := make([]generation.Source, 0, len(before)+len(read))
	for _, s := range before {
		if !again[key(s)] {
			out = append(out, s)
		}
	}
	at := map[string]int{} // of read: one path may be given twice
	for _, s := range read {
		if i, ok := at[key(s)]; ok {
			out[i] = s
			continue
		}
		at[key(s)] = len(out)
		out = append(out, s)
	}
	return out
}

// sources lists the files that the articles of the generation came from.
func (b *builder) sources() []generation.Source {
	var before, read []generation.Source
	if b.base != nil {
		before = b.base.Manifest.Sources
	}
	if b.Sources != nil {
		read = b.Sources()
	}
	return joinSources(before, read)
}
