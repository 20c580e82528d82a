package segment

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"xunwen/internal/pagefile"
)

// FieldOptions describe a field.
type FieldOptions struct {
	// Frequencies says that postings have a frequency. Without, it is 1.
	Frequencies bool
	// Inverse lets a reader ask for the term of a document. Each must have exactly one.
	Inverse bool
	// Lengths has the length of each document in the field, for those who score by it; nil
	// if it is 1 everywhere.
	Lengths []uint32
	// Summarize describes a list of 128 postings or more; nil if lists have no summary. The
	// result is written before the next call.
	Summarize func(docs []uint32) Summary
}

// Writer writes a segment: fields in any order, and of each its terms in byte order. It keeps
// the dictionary of one field in memory and writes posting lists at once. After an error, all
// methods return it.
type Writer struct {
	out       *pagefile.Writer
	closer    io.Closer
	documents uint32
	fields    []fieldInfo
	names     map[string]bool
	err       error

	field   *fieldInfo // that is being written
	options FieldOptions
	terms   termsWriter
	inverse []uint32
	groups  groups
	buffer  []byte
}

// Create creates a file. Its documents are numbered from 0.
func Create(path string, documents uint32) (*Writer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, err
	}
	w := NewWriter(f, documents)
	w.closer = f
	return w, nil
}

// NewWriter returns a Writer to out, which gets pages of 64 KiB.
func NewWriter(out io.Writer, documents uint32) *Writer {
	w := &Writer{out: pagefile.NewWriter(out, format), documents: documents, names: map[string]bool{}}
	return w
}

func (w *Writer) fail(format string, args ...any) error {
	if w.err == nil {
		w.err = fmt.Errorf("writing a segment: "+format, args...)
	}
	return w.err
}

// noDocument marks a document without a term so far.
const noDocument = 1<<32 - 1

// StartField begins a field, whose name must be new.
func (w *Writer) StartField(name string, options FieldOptions) error {
	switch {
	case w.err != nil:
		return w.err
	case w.field != nil:
		return w.fail("field %q begins in field %q", name, w.field.name)
	case w.names[name] || len(w.names) == maxFields:
		return w.fail("there are two fields %q, or more than %d", name, maxFields)
	case options.Lengths != nil && len(options.Lengths) != int(w.documents):
		return w.fail("field %q has %d lengths for %d documents", name, len(options.Lengths), w.documents)
	}
	w.names[name] = true
	w.out.Align()
	w.field, w.options = &fieldInfo{name: name, lists: section{off: w.out.At()}}, options
	w.terms = termsWriter{blocks: w.terms.blocks[:0], keys: w.terms.keys[:0], offsets: w.terms.offsets[:0]}
	if options.Frequencies {
		w.field.flags |= flagFrequencies
	}
	if options.Summarize != nil {
		w.field.flags |= flagSummaries
	}
	if w.terms.inverse = options.Inverse; options.Inverse {
		w.field.flags |= flagInverse
		w.groups = groups{}
		w.inverse = make([]uint32, w.documents)
		for i := range w.inverse {
			w.inverse[i] = noDocument
		}
	}
	return nil
}

// Term adds a term that follows all others in byte order, with the documents that have it in
// ascending order and how often; frequencies is nil if they are all 1.
func (w *Writer) Term(term []byte, docs []uint32, frequencies []uint16) error {
	if w.err != nil {
		return w.err
	}
	if err := w.checkTerm(term, docs, frequencies); err != nil {
		return err
	}
	if w.options.Inverse {
		for _, doc := range docs {
			if w.inverse[doc] != noDocument {
				return w.fail("%s: document %d has two terms", w.field.name, doc)
			}
			w.inverse[doc] = uint32(w.terms.terms)
			w.groups.add(term, doc)
		}
	}
	start := w.field.lists.off
	if err := w.terms.begin(term, w.out.At()-start); err != nil {
		return w.fail("%s: %w", w.field.name, err)
	}
	w.field.postings += uint64(len(docs))
	if !w.options.Frequencies {
		frequencies = nil
	}
	if len(docs) == 1 {
		frequency := uint16(1)
		if frequencies != nil {
			frequency = frequencies[0]
		}
		w.terms.single(docs[0], frequency)
		return nil
	}
	w.buffer = w.buffer[:0]
	if len(docs) >= summarized && w.options.Summarize != nil {
		w.buffer = appendSummary(w.buffer, w.options.Summarize(docs))
	}
	w.buffer = appendList(w.buffer, docs, frequencies, w.documents)
	if n := len(docs); n <= maxSparse && allOnes(frequencies) && sparseSize(w.documents, n) <= len(w.buffer)+1 {
		w.buffer = appendSparse(w.buffer[:0], docs, w.documents)
		w.terms.sparse(n)
	} else {
		w.terms.list(n, len(w.buffer))
	}
	w.out.Write(w.buffer)
	return w.failed()
}

func allOnes(frequencies []uint16) bool {
	for _, f := range frequencies {
		if f != 1 {
			return false
		}
	}
	return true
}

// failed returns the error of an earlier write.
func (w *Writer) failed() error {
	if w.out.Err() != nil {
		return w.fail("%w", w.out.Err())
	}
	return w.err
}

func (w *Writer) checkTerm(term []byte, docs []uint32, frequencies []uint16) error {
	switch {
	case w.field == nil:
		return w.fail("the term %q is in no field", term)
	case len(term) > MaxTerm:
		return w.fail("%s: a term has %d bytes, at most %d are possible", w.field.name, len(term), MaxTerm)
	case w.terms.terms > 0 && bytes.Compare(w.terms.last, term) >= 0:
		return w.fail("%s: the term %q follows %q", w.field.name, term, w.terms.last)
	case len(docs) == 0 || frequencies != nil && len(frequencies) != len(docs):
		return w.fail("%s: %q has %d documents and %d frequencies", w.field.name, term, len(docs), len(frequencies))
	case docs[len(docs)-1] >= w.documents:
		return w.fail("%s: %q is in document %d of %d", w.field.name, term, docs[len(docs)-1], w.documents)
	}
	for i := 1; i < len(docs); i++ {
		if docs[i] <= docs[i-1] {
			return w.fail("%s: %q: document %d follows %d", w.field.name, term, docs[i], docs[i-1])
		}
	}
	for i, f := range frequencies {
		if f == 0 {
			return w.fail("%s: %q has the frequency 0 in document %d", w.field.name, term, docs[i])
		}
	}
	return nil
}

// EndField ends a field.
func (w *Writer) EndField() error {
	if w.err != nil {
		return w.err
	}
	if w.field == nil {
		return w.fail("no field has begun")
	}
	f := w.field
	f.lists.size = w.out.At() - f.lists.off
	f.terms = w.terms.terms
	if w.options.Inverse && w.groups.are(w.documents) {
		f.flags |= flagOrdered | flagNumbered
		f.inverse = w.section(w.groups.bytes(w.documents))
	} else {
		f.blocks = w.section(w.terms.blocks)
		f.index = w.section(w.terms.keys, w.terms.offsets)
		if err := w.writeInverse(); err != nil {
			return err
		}
	}
	w.writeLengths()
	w.fields, w.field = append(w.fields, *f), nil
	return w.failed()
}

// Close writes the rest and closes the file. It returns the first error of all methods.
func (w *Writer) Close() error {
	if w.err == nil && w.field != nil {
		w.fail("field %q has not ended", w.field.name)
	}
	if w.err == nil {
		if err := w.out.Finish(w.documents, appendTable(nil, w.fields)); err != nil {
			w.fail("%w", err)
		}
	}
	if w.closer != nil {
		err := w.closer.Close()
		w.closer = nil
		return errors.Join(w.err, err)
	}
	return w.err
}
