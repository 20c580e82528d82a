package segment

import "encoding/binary"

// section writes a section.
func (w *Writer) section(parts ...[]byte) section {
	w.out.Align()
	s := section{off: w.out.At()}
	for _, b := range parts {
		w.out.Write(b)
		s.size += uint64(len(b))
	}
	return s
}

func (w *Writer) writeInverse() error {
	if !w.options.Inverse {
		return nil
	}
	ordered := true
	var b []byte
	for doc, ordinal := range w.inverse {
		if ordinal == noDocument {
			return w.fail("%s: document %d has no term", w.field.name, doc)
		}
		ordered = ordered && int(ordinal) == doc
		b = binary.LittleEndian.AppendUint32(b, ordinal)
	}
	w.inverse = nil
	if ordered && w.field.terms == uint64(w.documents) {
		w.field.flags |= flagOrdered
		return nil
	}
	w.field.inverse = w.section(b)
	return nil
}

// writeLengths writes the lengths, unless all documents that have one have the same.
func (w *Writer) writeLengths() {
	most, same := uint32(0), true
	for _, n := range w.options.Lengths {
		same = same && (n == 0 || most == 0 || n == most)
		most = max(most, n)
	}
	if same {
		if w.field.length = most; w.options.Lengths == nil {
			w.field.length = 1
		}
		return
	}
	var b []byte
	switch {
	case most < 1<<8:
		w.field.lengthWidth = 1
	case most < 1<<16:
		w.field.lengthWidth = 2
	default:
		w.field.lengthWidth = 4
	}
	for _, n := range w.options.Lengths {
		b = append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))[:len(b)+int(w.field.lengthWidth)]
	}
	w.field.lengths = w.section(b)
}
