// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.api.AccessException;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.SignedIn;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows ann, her password, her token and her sessions. */
final class SignInFixture implements SignIn {

    static final String TOKEN = "token-of-ann";
    static final String GUESSED = "one-of-many";
    /** Until when there are too many. */
    static final Instant AGAIN = Instant.parse("2030-01-01T00:00:06.001Z");

    final Map<String, SignedIn> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    SignedIn open() {
        String cookie = "session-" + count.incrementAndGet();
        SignedIn session = new SignedIn(cookie, "0123456789ab", Caller.user("ann"), Instant.MAX);
        sessions.put(cookie, session);
        return session;
    }

    @Override
    public SignedIn password(String user, char[] password, String address) {
        if (!user.equals("ann") || !new String(password).equals("secret")) {
            throw new AccessException("the name or the password is wrong", "sign_in");
        }
        return open();
    }

    @Override
    public void changePassword(Caller caller, char[] old, char[] next, String address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String once(Caller caller) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SignedIn> enter(String secret, String address) {
        return secret.equals("once") ? Optional.of(open()) : Optional.empty();
    }

    @Override
    public Optional<SignedIn> session(String cookie) {
        return Optional.ofNullable(sessions.get(cookie));
    }

    @Override
    public void signOut(String cookie) {
        sessions.remove(cookie);
    }

    @Override
    public Optional<Caller> token(String token, String address) {
        if (token.equals(GUESSED)) {
            throw new QuotaException("too many failed attempts from " + address + "; try again in 7 s", AGAIN);
        }
        return token.equals(TOKEN) ? Optional.of(Caller.user("ann")) : Optional.empty();
    }

    @Override
    public boolean isGood(String token) {
        return token.equals(TOKEN);
    }

    @Override
    public Runnable onChange(Runnable listener) {
        return () -> {};
    }
}
