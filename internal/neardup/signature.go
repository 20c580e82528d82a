package neardup

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"xunwen/internal/news"
)

// sketchSize is how many shingles a signature has. When three fifths of an article
// are left, 14 of 24 are on average those of the whole.
const sketchSize = 24

// Signature is a sketch of an article to find its near-duplicates. It takes
// SignatureSize bytes on disk.
type Signature struct {
	hash uint64 // of the text and the title's figures, all that is compared
	size uint32 // characters of the text, 0 if it is too short

	// The least hashes of shingles, ascending. Similar texts share many of them
	// (bottom-k sketches; Broder, On the resemblance and containment of documents,
	// 1997).
	least [sketchSize]uint32
}

// Sign returns the signature of an article.
func (c Comparer) Sign(a *news.Article) Signature {
	var s Signer
	for _, h := range []string{a.Title, a.Kicker, a.Subtitle} {
		s.AddHeading(c.Fold.FoldString(h))
	}
	for _, p := range a.Paragraphs {
		s.AddParagraph(c.Fold.FoldString(p.Text))
	}
	return s.Sign()
}

// Signer signs one article after another, by their folded texts. It is for one
// goroutine.
type Signer struct {
	headings, letters letters
	titled            bool // the title was added
	title             figureReader
	hashes            []uint64
}

// AddHeading adds the folded title, kicker or subtitle, in this order, of the current
// article.
func (s *Signer) AddHeading(folded string) {
	s.headings.add(folded)
	if !s.titled {
		s.title.read(folded)
	}
	s.titled = true
}

// AddParagraph adds the folded text of a paragraph of the current article.
func (s *Signer) AddParagraph(folded string) { s.letters.add(folded) }

// Sign returns the signature of the current article, and ends it.
func (s *Signer) Sign() Signature {
	var out Signature
	if s.letters.size < shortText {
		// A short text is not distinctive (图片新闻, 欢迎来信): its headings must be equal, too.
		both := append(append(s.headings.text, '\n'), s.letters.text...)
		out.hash = xxhash.Sum64(both)
	} else {
		out.hash, out.size = s.title.figures().addTo(xxhash.Sum64(s.letters.text)), uint32(s.letters.size)
		s.hashes = s.letters.appendShingles(s.hashes[:0])
		out.least = leastOf(s.hashes)
	}
	s.headings.reset()
	s.letters.reset()
	s.titled, s.title.found = false, nil
	if cap(s.hashes) > maxReused {
		*s = Signer{}
	}
	return out
}

// maxReused is how many characters a text has whose memory is reused: a huge article
// must not keep its own.
const maxReused = 1 << 17

// minEstimate is the estimate of the mean similarity below which texts are not read. That of
// texts with a mean of minMean, of 24 shingles each, has a standard deviation of 0.07.
const minEstimate = 0.55

// mayBeNear reports whether the texts of two signatures may be near-duplicates, by an estimate
// of their similarity.
func (s *Signature) mayBeNear(t *Signature) bool {
	shared, all := s.resemblance(t)
	common := float64(shared) / float64(all+shared) * float64(s.shingles()+t.shingles())
	mean := common * (1/float64(s.shingles()) + 1/float64(t.shingles())) / 2
	return mean >= minEstimate
}

// shingles returns how many shingles the text has.
func (s *Signature) shingles() int { return max(int(s.size)-shingle+1, 1) }

// resemblance returns how many of the least hashes of both texts together both have, and how
// many these least hashes are: the quotient estimates the resemblance.
func (s *Signature) resemblance(t *Signature) (shared, all int) {
	for i, k := 0, 0; all < sketchSize && (i < sketchSize || k < sketchSize); all++ {
		a, b := uint32(unused), uint32(unused)
		if i < sketchSize {
			a = s.least[i]
		}
		if k < sketchSize {
			b = t.least[k]
		}
		if min(a, b) == unused {
			break
		}
		if a <= b {
			i++
		}
		if b <= a {
			k++
		}
		if a == b {
			shared++
		}
	}
	return shared, max(all, 1)
}

// unused fills the sketch of a text with few different shingles.
const unused = 1<<32 - 1

// leastOf returns the least different upper halves of hashes.
func leastOf(hashes []uint64) [sketchSize]uint32 {
	// Of hashes that are spread evenly, about twice as many as needed are below this.
	limit := min(2*sketchSize*(1<<32)/uint64(len(hashes)+1), unused)
	least, n := leastBelow(hashes, uint32(limit))
	if n < sketchSize {
		least, _ = leastBelow(hashes, unused)
	}
	return least
}

// leastBelow is leastOf for the hashes whose upper half is below limit, which are n
// different ones at least. Insertion sort is fast for so few.
func leastBelow(hashes []uint64, limit uint32) (least [sketchSize]uint32, n int) {
	for i := range least {
		least[i] = unused
	}
	for _, hash := range hashes {
		h := uint32(hash >> 32)
		if h >= limit {
			continue
		}
		at, ok := slices.BinarySearch(least[:n], h)
		if ok {
			continue
		}
		n = min(n+1, sketchSize)
		copy(least[at+1:n], least[at:])
		least[at] = h
		if n == sketchSize {
			limit = least[n-1]
		}
	}
	return least, n
}

// SignatureSize is the length of a signature in bytes as AppendBinary writes it.
const SignatureSize = 8 + 4 + 4*sketchSize

// AppendBinary appends the signature in little endian. It never fails.
func (s *Signature) AppendBinary(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint64(b, s.hash)
	b = binary.LittleEndian.AppendUint32(b, s.size)
	for _, h := range s.least {
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	return b, nil
}

// UnmarshalBinary decodes the output of AppendBinary.
func (s *Signature) UnmarshalBinary(b []byte) error {
	if len(b) != SignatureSize {
		return fmt.Errorf("a signature of %d bytes, want %d", len(b), SignatureSize)
	}
	s.hash, s.size = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint32(b[8:])
	for i := range s.least {
		s.least[i] = binary.LittleEndian.Uint32(b[12+4*i:])
	}
	return nil
}
