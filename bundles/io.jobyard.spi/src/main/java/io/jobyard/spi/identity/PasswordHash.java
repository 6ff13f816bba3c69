// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

/**
 * Stored hash of a password, from which the password cannot be derived: PBKDF2 with HMAC-SHA-256.
 *
 * @param salt random bytes, in Base64
 * @param hash result, in Base64
 */
public record PasswordHash(int rounds, String salt, String hash) {

    /** Returns text for logs: the number of iterations, without the hash. */
    @Override
    public String toString() {
        return "password hashed " + rounds + " times";
    }
}
