// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

/**
 * Stored hash of a password, from which the password cannot be derived: PBKDF2 with HMAC-SHA-256.
 *
 * @param rounds number of iterations
 * @param salt random bytes, as Base64
 * @param hash the result, as Base64
 */
public record PasswordHash(int rounds, String salt, String hash) {

    /**
     * Without the hash, for logs.
     *
     * @return the number of iterations
     */
    @Override
    public String toString() {
        return "password hashed " + rounds + " times";
    }
}
