// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

/**
 * A new token.
 *
 * @param secret credential for a program; it is returned only once and not stored
 */
public record NewToken(StoredToken token, String secret) {

    /** Returns text for logs, without the secret. */
    @Override
    public String toString() {
        return "token " + token.name() + " of " + token.owner();
    }
}
