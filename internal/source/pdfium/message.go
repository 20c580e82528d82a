package pdfium

// request is what the worker is to do, one of three. Size bytes of a file follow Open.
type request struct {
	Open, Close bool
	Size        int
	Page        int // to read, if it is neither of these
}

// answer is what came of it. Characters are in columns, which are encoded much faster than
// structs.
type answer struct {
	Pages   int
	Runes   []int32
	Places  []float64 // left, right, base and size of each
	Turns   []byte
	Failed  string // why there is nothing of these
	Broken  bool   // PDFium can't load the page
	Damaged bool   // the document must be opened again
}

// placesOfChar is how many Places a character has.
const placesOfChar = 4

func (a *answer) add(c Char) {
	a.Runes = append(a.Runes, c.Rune)
	a.Places = append(a.Places, c.Left, c.Right, c.Base, c.Size)
	a.Turns = append(a.Turns, byte(c.Turn))
}

func (a *answer) chars() []Char {
	out := make([]Char, min(len(a.Runes), len(a.Turns), len(a.Places)/placesOfChar))
	for i := range out {
		p := a.Places[i*placesOfChar:]
		out[i] = Char{Rune: a.Runes[i], Left: p[0], Right: p[1], Base: p[2], Size: p[3], Turn: int(a.Turns[i]) & 3}
	}
	return out
}
