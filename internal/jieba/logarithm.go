package jieba

import "math"

// logarithm returns the natural logarithm of a positive number, correctly rounded.
//
// Sequences of words are compared by sums of logarithms, often of the same ones in
// another order, so the last bit decides between them. math.Log is wrong in it for three
// values in a hundred, glibc's log for one in ten thousand.
func logarithm(x float64) float64 {
	fraction, exponent := math.Frexp(x)
	if fraction < math.Sqrt2/2 {
		fraction, exponent = 2*fraction, exponent-1
	}
	// log(fraction) = 2 artanh(z) = 2 (z + z³/3 + z⁵/5 + …), |z| < 0.172: the terms
	// left out are below 2^-110.
	const last = 41
	z := double{hi: fraction - 1}.divide(addExactly(fraction, 1))
	square := z.multiply(z)
	sum := double{}
	for n := last; n >= 1; n -= 2 {
		sum = sum.multiply(square).add(double{hi: 1}.divide(double{hi: float64(n)}))
	}
	sum = sum.multiply(z)
	sum = sum.add(sum)
	e := double{hi: float64(exponent)}
	return sum.add(e.multiply(double{ln2, math.Ln2 - ln2})).hi
}

const ln2 = 0x1.62e42fefa39efp-1 // math.Ln2 as a float64; the rest of it is a constant too

// double is the unevaluated sum of two numbers (Dekker, 1971), good for 100 bits.
type double struct{ hi, lo float64 }

// addExactly returns a+b (Knuth's two-sum).
func addExactly(a, b float64) double {
	sum := a + b
	rest := sum - a
	return double{sum, (a - (sum - rest)) + (b - rest)}
}

func (a double) add(b double) double {
	high, low := addExactly(a.hi, b.hi), addExactly(a.lo, b.lo)
	high = addExactly(high.hi, high.lo+low.hi)
	return addExactly(high.hi, high.lo+low.lo)
}

func (a double) multiply(b double) double {
	product := a.hi * b.hi
	rest := math.FMA(a.hi, b.hi, -product)
	return addExactly(product, rest+(a.hi*b.lo+a.lo*b.hi))
}

func (a double) divide(b double) double {
	first := a.hi / b.hi
	left := a.add(b.multiply(double{hi: -first}))
	second := left.hi / b.hi
	left = left.add(b.multiply(double{hi: -second}))
	return addExactly(first, second).add(double{hi: left.hi / b.hi})
}
