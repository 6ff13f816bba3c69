// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

/**
 * A token that was just made.
 *
 * @param secret what a program shows; it is told this once and kept nowhere
 */
public record NewToken(StoredToken token, String secret) {

    /** Without the secret, for logs. */
    @Override
    public String toString() {
        return "token " + token.name() + " of " + token.owner();
    }
}
