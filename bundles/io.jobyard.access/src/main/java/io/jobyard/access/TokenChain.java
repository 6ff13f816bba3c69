// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.StoredToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Chains of tokens that created each other. A token grants at most the permissions of each token in its chain, and
 * expires no later.
 */
final class TokenChain {

    private final List<StoredToken> all;

    TokenChain(Collection<StoredToken> all) {
        this.all = List.copyOf(all);
    }

    /** Returns whether a token created this token, according to the recorded creator. */
    static boolean isMadeByToken(StoredToken token) {
        return speakers(token).size() > 1 && last(token, 0).startsWith("token ");
    }

    static boolean isMadeBy(StoredToken token, String owner, String name) {
        return isMadeByToken(token)
                && last(token, 0).equals("token " + name)
                && last(token, 1).equals(Caller.user(owner).toString());
    }

    private static List<String> speakers(StoredToken token) {
        return Caller.speakers(token.createdBy());
    }

    private static String last(StoredToken token, int before) {
        List<String> speakers = speakers(token);
        return speakers.get(speakers.size() - 1 - before);
    }

    /** Returns the token, its creator, and so on. Empty if a creator is unknown: its limits are unknown then, so the token is invalid. */
    List<StoredToken> of(StoredToken token) {
        List<StoredToken> chain = new ArrayList<>(List.of(token));
        for (StoredToken made = token; isMadeByToken(made); ) {
            Optional<StoredToken> maker = maker(made).filter(found -> !chain.contains(found));
            if (maker.isEmpty()) {
                return List.of();
            }
            made = maker.get();
            chain.add(made);
        }
        return chain;
    }

    private Optional<StoredToken> maker(StoredToken made) {
        return all.stream()
                .filter(token -> isMadeBy(made, token.owner(), token.name()))
                .findFirst();
    }

    /** Returns the token with the limits of its chain; empty if the chain is broken. */
    Optional<StoredToken> bounded(StoredToken token) {
        return of(token).stream().reduce(StoredToken::within);
    }
}
