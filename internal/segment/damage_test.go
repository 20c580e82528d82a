package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/pagefile/pagefiletest"
)

// sample returns a file with every kind of section, a few pages long.
func sample(t testing.TB) []byte {
	r := rand.New(rand.NewPCG(11, 12))
	const documents = 20_000
	w, out := newTestWriter(documents)
	lengths := make([]uint32, documents)
	for i := range lengths {
		lengths[i] = r.Uint32N(300)
	}
	w.StartField("words", FieldOptions{Frequencies: true, Lengths: lengths, Summarize: testSummary})
	for i := range 300 {
		l := randomList(r, []int{1, 2, 50, 200, 3000}[i%5], documents, 0.3, 500)
		w.Term(fmt.Appendf(nil, "term%05d", i), l.docs, l.frequencies)
	}
	for i := range 300 { // characters, and sparse lists
		l := randomList(r, 1+i%20, documents, 0.01, 2)
		w.Term([]byte("字"+string(rune('一'+i+i/10*100))), l.docs, l.frequencies)
	}
	w.EndField()
	w.StartField("dense", FieldOptions{})
	w.Term([]byte("all"), randomList(r, documents, documents, 0, 1).docs, nil)
	w.Term([]byte("most"), randomList(r, documents*9/10, documents, 0, 1).docs, nil)
	w.EndField()
	w.StartField("id", FieldOptions{Inverse: true})
	for i := range uint32(documents) {
		w.Term(fmt.Appendf(nil, "%08d", i), []uint32{i ^ 1}, nil)
	}
	w.EndField()
	w.StartField("number", FieldOptions{Inverse: true})
	for i := range uint32(documents) {
		w.Term(binary.BigEndian.AppendUint64(nil, uint64(i/5)<<32|uint64(i%5)), []uint32{i}, nil)
	}
	w.EndField()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func testSummary(docs []uint32) Summary {
	return Summary{Articles: uint32(len(docs) / 2)}
}

// readAll reads everything in all ways, and returns a digest and the first error.
func readAll(name string, data []byte) (digest uint32, err error) {
	s, err := Parse(name, data)
	if err != nil {
		return 0, err
	}
	h := crc32.NewIEEE()
	var c Cursor
	for _, f := range s.Fields() {
		it := f.Terms("", "")
		for it.Next() {
			found, ok, err := f.Lookup(string(it.Bytes()))
			if err != nil || !ok || found != it.Term() {
				return 0, errors.Join(err, fmt.Errorf("%q is not found where it is: %w", it.Bytes(), ErrDamaged))
			}
			docs, frequencies, err := it.Term().Append(nil, nil, &c)
			if err != nil {
				return 0, err
			}
			summary, _, err := it.Term().Summary()
			if err != nil {
				return 0, err
			}
			fmt.Fprintln(h, it.Bytes(), docs, frequencies, summary)
			if err := c.Reset(it.Term()); err != nil {
				return 0, err
			}
			for doc := uint32(0); doc < s.Documents(); doc += 1 + s.Documents()/8 {
				if _, err := c.Seek(doc); err != nil {
					return 0, err
				}
			}
		}
		if it.Err() != nil {
			return 0, it.Err()
		}
		for doc := uint32(0); doc < s.Documents(); doc += 1 + s.Documents()/50 {
			n, err := f.Length(doc)
			if err != nil {
				return 0, err
			}
			id, err := f.TermOf(doc)
			if err != nil && f.has(flagInverse) {
				return 0, err
			}
			fmt.Fprintln(h, n, id)
		}
	}
	return h.Sum32(), nil
}

// TestFlippedBits flips bits all over a file: each gives an error that names the file, and an
// answer is never wrong.
func TestFlippedBits(t *testing.T) {
	good := sample(t)
	want, err := readAll("good", good)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(13, 14))
	for range 60 {
		at, bit := r.IntN(len(good)), r.IntN(8)
		bad := bytes.Clone(good)
		bad[at] ^= 1 << bit
		got, err := readAll("folder/file.zap", bad)
		if err == nil && got != want {
			t.Fatalf("bit %d of byte %d: a wrong answer", bit, at)
		}
		if err != nil && (!errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "folder/file.zap")) {
			t.Errorf("bit %d of byte %d: %v", bit, at, err)
		}
		if s, err := Parse("x", bad); err == nil && s.Check() == nil {
			t.Errorf("bit %d of byte %d is not found", bit, at)
		}
	}
}

// TestDamagedPageIsNamed checks that only what is on a damaged page can't be read.
func TestDamagedPageIsNamed(t *testing.T) {
	data := sample(t)
	s := parse(t, data)
	words := s.Field("words")
	page := (words.lists.off + words.lists.size/2) / pagefiletest.PageSize
	data[page*pagefiletest.PageSize+100] ^= 1
	s = parse(t, data)
	if _, _, err := s.Field("id").Lookup("00000007"); err != nil {
		t.Errorf("a term on another page: %v", err)
	}
	want := fmt.Sprintf("page %d (bytes %d to %d)", page, page*pagefiletest.PageSize, (page+1)*pagefiletest.PageSize)
	failed := 0
	var c Cursor
	for it := s.Field("words").Terms("", ""); it.Next(); {
		if _, err := it.Term().AppendDocs(nil, &c); err != nil {
			failed++
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), want) {
				t.Errorf("error %v, want one with %q", err, want)
			}
		}
	}
	if failed == 0 || failed == words.Len() {
		t.Errorf("%d of %d terms can't be read", failed, words.Len())
	}
}

// TestCutFiles opens beginnings of a file.
func TestCutFiles(t *testing.T) {
	good := sample(t)
	for _, n := range []int{0, 1, 7, 8, 100, len(good) / 2, len(good) - 33, len(good) - 1} {
		path := filepath.Join(t.TempDir(), "cut")
		if err := os.WriteFile(path, good[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// small returns small files for fuzzing.
func small(t testing.TB) [][]byte {
	r := rand.New(rand.NewPCG(15, 16))
	var out [][]byte
	for _, n := range []int{1, 40, 300} {
		w, data := newTestWriter(1000)
		w.StartField("f", FieldOptions{Frequencies: true, Summarize: testSummary, Lengths: make([]uint32, 1000)})
		for i := range n {
			l := randomList(r, []int{1, 3, 130, 600}[i%4], 1000, 0.5, 1000)
			w.Term(fmt.Appendf(nil, "%03d", i), l.docs, l.frequencies)
		}
		for i := range n { // characters, and sparse lists
			w.Term([]byte("字"+string(rune('一'+i+i/10*100))), randomList(r, 1+i%20, 1000, 0, 1).docs, nil)
		}
		w.EndField()
		w.StartField("number", FieldOptions{Inverse: true})
		for i := range uint32(1000) {
			w.Term(binary.BigEndian.AppendUint64(nil, uint64(i/5)<<32|uint64(i%5)), []uint32{i}, nil)
		}
		w.EndField()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		out = append(out, data.Bytes())
	}
	return out
}

// FuzzFile reads files of any bytes.
func FuzzFile(f *testing.F) {
	for _, data := range small(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { readAll("fuzz", data) })
}

// FuzzForgedFile reads files whose checksums are right and whose content is not: it changes
// bytes of a real one.
func FuzzForgedFile(f *testing.F) {
	files := small(f)
	f.Add(uint8(0), uint32(9), []byte{255})
	f.Add(uint8(1), uint32(200), []byte{0, 0, 0})
	f.Add(uint8(2), uint32(4000), []byte{98, 255, 130, 7})
	f.Add(uint8(2), uint32(1<<32-40), []byte{255, 255, 255, 255})
	f.Fuzz(func(t *testing.T, file uint8, at uint32, change []byte) {
		data := bytes.Clone(files[int(file)%len(files)])
		for i, b := range change {
			data[(int(at)+i)%len(data)] ^= b
		}
		readAll("fuzz", pagefiletest.Seal(data))
	})
}

// TestForgedFiles changes bytes and corrects the checksums: content that can't be right gives
// an error or a wrong answer, but no panic.
func TestForgedFiles(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	files := small(t)
	for range 600 {
		data := bytes.Clone(files[r.IntN(len(files))])
		for range 1 + r.IntN(3) {
			data[r.IntN(len(data))] = []byte{0, 1, 33, 34, 0x7f, 0x80, 0xff, byte(r.Uint32())}[r.IntN(8)]
		}
		readAll("forged", pagefiletest.Seal(data))
	}
}

// TestForgedLengths checks that a field whose lengths don't fit its documents is refused, with
// numbered terms as well.
func TestForgedLengths(t *testing.T) {
	for _, flags := range []uint64{flagInverse | flagOrdered, flagInverse | flagOrdered | flagNumbered} {
		f := fieldInfo{name: "f", flags: flags, terms: 5, inverse: section{8, 16}, lengthWidth: 1 << 31}
		if _, err := readTable(appendTable(nil, []fieldInfo{f}), 5, 100); err == nil ||
			!strings.Contains(err.Error(), "lengths have 0 bytes") {
			t.Errorf("flags %b: %v", flags, err)
		}
	}
}
