// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

/**
 * A new token.
 *
 * @param secret credential for a program; returned only this once and not stored
 */
public record NewToken(StoredToken token, String secret) {

    /** Without the secret, for logs. */
    @Override
    public String toString() {
        return "token " + token.name() + " of " + token.owner();
    }
}
