//! Streams sealed chunk by chunk, so that memory does not grow with them: the STREAM construction (Hoang,
//! Reyhanitabar, Rogaway, Vizár, 2015) over XChaCha20-Poly1305. Chunks cannot be altered, dropped,
//! repeated, reordered or moved to another stream, and a stream cannot end early, without it being noticed.
//!
//! Layout: 4 bytes `RDS1`, 19 bytes of nonce, then chunks of [`CHUNK_BYTES`] each with a tag of 16 bytes,
//! the last one shorter or equal.

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305,
    aead::{Payload, array::Array},
};
use redress_domain::Random;

use crate::{Key, Purpose, VaultError};

/// Plain bytes in one chunk.
pub const CHUNK_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;
const MAGIC: &[u8; 4] = b"RDS1";
const NONCE_BYTES: usize = 19;
const HEADER_BYTES: usize = MAGIC.len() + NONCE_BYTES;

/// Seals a stream: give it bytes as they come, write what it gives.
pub struct StreamSealer {
    cipher: EncryptorBE32<XChaCha20Poly1305>,
    purpose: Vec<u8>,
    plain: Vec<u8>,
    sealed: Vec<u8>,
}

impl StreamSealer {
    /// Begins a stream. `random` must be fit for keys.
    pub fn new(key: &Key, purpose: Purpose<'_>, random: &dyn Random) -> Self {
        let mut nonce = [0; NONCE_BYTES];
        random.fill(&mut nonce);
        let aead = XChaCha20Poly1305::new(key.bytes().into());
        Self {
            cipher: EncryptorBE32::from_aead(aead, &Array(nonce)),
            purpose: purpose.bytes(),
            plain: Vec::with_capacity(CHUNK_BYTES),
            sealed: [MAGIC.as_slice(), &nonce].concat(),
        }
    }

    /// Takes plain bytes; gives sealed ones that are ready, possibly none.
    ///
    /// # Errors
    /// After 256 TiB.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        while !bytes.is_empty() {
            if self.plain.len() == CHUNK_BYTES {
                self.seal_chunk()?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK_BYTES - self.plain.len()));
            self.plain.extend_from_slice(now);
            bytes = later;
        }
        Ok(std::mem::take(&mut self.sealed))
    }

    /// Ends the stream; gives the rest of the sealed bytes.
    ///
    /// # Errors
    /// As [`push`](Self::push).
    pub fn finish(mut self) -> Result<Vec<u8>, VaultError> {
        let payload = Payload { msg: &self.plain, aad: &self.purpose };
        let last = self.cipher.encrypt_last(payload).map_err(|_| too_long())?;
        self.sealed.extend_from_slice(&last);
        Ok(self.sealed)
    }

    fn seal_chunk(&mut self) -> Result<(), VaultError> {
        let payload = Payload { msg: &self.plain, aad: &self.purpose };
        let chunk = self.cipher.encrypt_next(payload).map_err(|_| too_long())?;
        self.sealed.extend_from_slice(&chunk);
        self.plain.clear();
        Ok(())
    }
}

fn too_long() -> VaultError {
    VaultError::Altered("a stream cannot be longer than 256 TiB")
}

/// Opens a stream that [`StreamSealer`] made: give it bytes as they come. What it has given is genuine, but
/// only after [`finish`](Self::finish) is it known to be all.
pub struct StreamOpener {
    key: Key,
    purpose: Vec<u8>,
    cipher: Option<DecryptorBE32<XChaCha20Poly1305>>,
    sealed: Vec<u8>,
}

impl StreamOpener {
    /// Begins to open a stream.
    pub fn new(key: &Key, purpose: Purpose<'_>) -> Self {
        Self { key: key.clone(), purpose: purpose.bytes(), cipher: None, sealed: Vec::new() }
    }

    /// Takes sealed bytes; gives plain ones that are ready, possibly none.
    ///
    /// # Errors
    /// [`VaultError::Altered`] as soon as something is not as it was sealed.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.sealed.extend_from_slice(bytes);
        let mut plain = Vec::new();
        self.read_header()?;
        let Some(cipher) = &mut self.cipher else { return Ok(plain) };
        // A full chunk with something behind it is not the last one.
        let mut at = 0;
        while self.sealed.len() - at > CHUNK_BYTES + TAG_BYTES {
            let chunk = &self.sealed[at..at + CHUNK_BYTES + TAG_BYTES];
            let payload = Payload { msg: chunk, aad: &self.purpose };
            plain.extend_from_slice(&cipher.decrypt_next(payload).map_err(|_| altered())?);
            at += chunk.len();
        }
        self.sealed.drain(..at);
        Ok(plain)
    }

    /// Ends; gives the rest of the plain bytes.
    ///
    /// # Errors
    /// [`VaultError::Altered`] when the stream was cut short or altered.
    pub fn finish(self) -> Result<Vec<u8>, VaultError> {
        let cipher = self.cipher.ok_or_else(altered)?;
        cipher.decrypt_last(Payload { msg: &self.sealed, aad: &self.purpose }).map_err(|_| altered())
    }

    fn read_header(&mut self) -> Result<(), VaultError> {
        if self.cipher.is_some() || self.sealed.len() < HEADER_BYTES {
            return Ok(());
        }
        let header: Vec<u8> = self.sealed.drain(..HEADER_BYTES).collect();
        let nonce = header
            .strip_prefix(MAGIC)
            .and_then(|nonce| <[u8; NONCE_BYTES]>::try_from(nonce).ok())
            .ok_or(VaultError::Altered("it is not a sealed stream"))?;
        let aead = XChaCha20Poly1305::new(self.key.bytes().into());
        self.cipher = Some(DecryptorBE32::from_aead(aead, &Array(nonce)));
        Ok(())
    }
}

fn altered() -> VaultError {
    VaultError::Altered("the stream was altered, cut short, or sealed for something else")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::tests::Counter;

    const PURPOSE: Purpose<'_> = Purpose { what: "records", whose: "r1" };
    const SIZES: [usize; 8] = [
        0,
        1,
        CHUNK_BYTES - 1,
        CHUNK_BYTES,
        CHUNK_BYTES + 1,
        2 * CHUNK_BYTES,
        3 * CHUNK_BYTES - 7,
        3 * CHUNK_BYTES + 7,
    ];

    fn plain(size: usize) -> Vec<u8> {
        (0..size).map(|i| (i % 251) as u8).collect()
    }

    fn sealed(plain: &[u8], step: usize) -> Vec<u8> {
        let mut sealer = StreamSealer::new(&Key::new([7; 32]), PURPOSE, &Counter::default());
        let mut out = Vec::new();
        for part in plain.chunks(step) {
            out.extend(sealer.push(part).unwrap());
        }
        out.extend(sealer.finish().unwrap());
        out
    }

    fn opened(purpose: Purpose<'_>, sealed: &[u8], step: usize) -> Result<Vec<u8>, VaultError> {
        let mut opener = StreamOpener::new(&Key::new([7; 32]), purpose);
        let mut out = Vec::new();
        for part in sealed.chunks(step) {
            out.extend(opener.push(part)?);
        }
        out.extend(opener.finish()?);
        Ok(out)
    }

    #[test]
    fn a_stream_comes_back_however_it_was_cut_into_pieces() {
        for size in SIZES {
            let plain = plain(size);
            for step in [977, CHUNK_BYTES, 1 << 20] {
                let sealed = sealed(&plain, step);
                for step in [1009, CHUNK_BYTES + TAG_BYTES, 1 << 20] {
                    assert!(opened(PURPOSE, &sealed, step).unwrap() == plain, "{size} bytes by {step}");
                }
            }
        }
    }

    #[test]
    fn memory_does_not_grow_with_the_stream() {
        let mut sealer = StreamSealer::new(&Key::new([7; 32]), PURPOSE, &Counter::default());
        for _ in 0..100 {
            let ready = sealer.push(&plain(50_000)).unwrap();
            assert!(ready.len() <= 2 * CHUNK_BYTES);
            assert!(sealer.plain.len() <= CHUNK_BYTES && sealer.plain.capacity() <= 2 * CHUNK_BYTES);
        }
    }

    #[test]
    fn a_cut_a_flipped_bit_a_swapped_or_dropped_chunk_is_noticed() {
        let whole = sealed(&plain(3 * CHUNK_BYTES + 7), 4096);
        let chunk = CHUNK_BYTES + TAG_BYTES;
        for end in [0, 3, HEADER_BYTES, HEADER_BYTES + chunk, HEADER_BYTES + 3 * chunk, whole.len() - 1] {
            assert!(opened(PURPOSE, &whole[..end], 4096).is_err(), "cut at {end}");
        }
        for place in [0, 5, HEADER_BYTES, HEADER_BYTES + chunk + 9, whole.len() - 1] {
            let mut flipped = whole.clone();
            flipped[place] ^= 1;
            assert!(opened(PURPOSE, &flipped, 4096).is_err(), "bit flipped at {place}");
        }
        let part = |i: usize| &whole[HEADER_BYTES + i * chunk..HEADER_BYTES + (i + 1) * chunk];
        let (header, rest) = (&whole[..HEADER_BYTES], &whole[HEADER_BYTES + 3 * chunk..]);
        for order in [vec![1, 0, 2], vec![0, 2], vec![0, 1, 1, 2]] {
            let parts: Vec<u8> = order.iter().flat_map(|i| part(*i)).copied().collect();
            assert!(opened(PURPOSE, &[header, &parts, rest].concat(), 4096).is_err(), "chunks {order:?}");
        }
        let other = Purpose { whose: "r2", ..PURPOSE };
        assert!(opened(other, &whole, 4096).is_err());
    }
}
