package segment

// AppendNumbers appends numbers in blocks of 128, each like the integers of a posting list: with
// the width that most need. A reader has to know how many there are.
func AppendNumbers(to []byte, numbers []uint32) []byte {
	for len(numbers) > 0 {
		n := min(len(numbers), BlockSize)
		to = appendIntegers(to, numbers[:n])
		numbers = numbers[n:]
	}
	return to
}

// NumbersPadding is how many bytes behind numbers must be readable.
const NumbersPadding = padding

// ReadNumbers fills out with what AppendNumbers appended, and returns its size. Of src, size bytes
// are no padding.
func ReadNumbers(out []uint32, src []byte, size int) (used int, err error) {
	var block [BlockSize]uint32
	for len(out) > 0 {
		n := min(len(out), BlockSize)
		read, err := readIntegers(&block, n, src[used:], size-used)
		if err != nil {
			return 0, err
		}
		for i, v := range block[:n] {
			out[i] = v - 1 // readIntegers adds one
		}
		out = out[n:]
		used += read
	}
	return used, nil
}
