// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

/**
 * Stored hash of a password, from which the password cannot be derived: PBKDF2 with HMAC-SHA-256.
 *
 * @param salt random bytes, as Base64
 * @param hash the result, as Base64
 */
public record PasswordHash(int rounds, String salt, String hash) {

    /** Returns the number of iterations without the hash, for logs. */
    @Override
    public String toString() {
        return "password hashed " + rounds + " times";
    }
}
