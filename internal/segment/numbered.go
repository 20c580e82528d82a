package segment

import (
	"encoding/binary"
	"fmt"
	"sort"
)

// Where each document has one term, and all terms in the order of documents are pairs of
// numbers, u32 each, big-endian,
//
//	0 0, 0 1, 0 2 … 1 0, 1 1 … 2 0 …
//
// a field has no blocks of terms, but the first document of each group, one with the same first
// number: how many groups there are, u32, then these documents, packed. So the ids of
// paragraphs, which are those of their article and their own, take less than a byte.

const numberedSize = 8 // of a term

// groups collects the first documents of groups, while terms are such pairs.
type groups struct {
	first  []uint32
	next   uint32 // document
	others bool   // there was another term
}

// add adds the term of a document.
func (g *groups) add(term []byte, doc uint32) {
	if g.others = g.others || doc != g.next || len(term) != numberedSize; g.others {
		return
	}
	group, member := binary.BigEndian.Uint32(term), binary.BigEndian.Uint32(term[4:])
	switch n := uint32(len(g.first)); {
	case member == 0 && group == n:
		g.first = append(g.first, doc)
	case n == 0 || group != n-1 || member != doc-g.first[n-1]:
		g.others = true
	}
	g.next++
}

// are reports whether all documents have such a term.
func (g *groups) are(documents uint32) bool { return !g.others && g.next == documents && documents > 0 }

// bytes returns the section.
func (g *groups) bytes(documents uint32) []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(g.first)))
	return appendPacked(b, g.first, lastWidth(documents))
}

// checkNumbered compares the sizes of sections with the counts.
func (f *fieldInfo) checkNumbered(documents uint32) error {
	if !f.has(flagInverse) || !f.has(flagOrdered) || f.terms != uint64(documents) || documents == 0 ||
		f.index.size != 0 || f.blocks.size != 0 || f.inverse.size < 4 {
		return fmt.Errorf("%d documents don't have one term each", documents)
	}
	return nil
}

// readGroups reads the section.
func (f *Field) readGroups() error {
	b, err := f.pages.Bytes(f.inverse.off, f.inverse.size)
	if err != nil {
		return err
	}
	n := uint64(binary.LittleEndian.Uint32(b))
	if n == 0 || n > uint64(f.documents) || f.inverse.size != 4+uint64(packedSize(int(n), lastWidth(f.documents))) {
		return f.pages.Damaged("the groups of %q are invalid", f.name)
	}
	f.groupCount, f.groups = int(n), b[4:int(f.inverse.size)+padding]
	return nil
}

// group returns the first document of a group.
func (f *Field) group(i int) uint32 {
	width := lastWidth(f.documents)
	return uint32(bitsAt(f.groups, uint(i)*width) & (1<<width - 1))
}

// appendNumbered appends the term of a document.
func (f *Field) appendNumbered(to []byte, doc uint32) []byte {
	group := max(sort.Search(f.groupCount, func(i int) bool { return f.group(i) > doc }), 1) - 1
	to = binary.BigEndian.AppendUint32(to, uint32(group))
	return binary.BigEndian.AppendUint32(to, doc-f.group(group))
}

// findNumbered returns the ordinal of the first term that is not before term, and whether it is
// term.
func (f *Field) findNumbered(term string) (ordinal int, found bool) {
	var b [numberedSize]byte
	copy(b[:], term)
	group, member := uint64(binary.BigEndian.Uint32(b[:])), uint64(binary.BigEndian.Uint32(b[4:]))
	if group >= uint64(f.groupCount) {
		return int(f.documents), false
	}
	end := uint64(f.documents)
	if group+1 < uint64(f.groupCount) {
		end = min(end, uint64(f.group(int(group)+1)))
	}
	at := uint64(f.group(int(group))) + member
	switch {
	case at >= end:
		return int(end), false
	case len(term) > numberedSize:
		return int(at) + 1, false
	}
	return int(at), len(term) == numberedSize
}

// numbered returns the term of an ordinal, which is its document.
func (f *Field) numbered(ordinal int) Term {
	return Term{field: f, Ordinal: ordinal, Documents: 1, doc: uint32(ordinal), frequency: 1}
}
