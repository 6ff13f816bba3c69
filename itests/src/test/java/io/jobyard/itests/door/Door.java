// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.door;

import io.jobyard.api.AccessException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.SignedIn;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** Knows one user, her password, her token and her one-time link, which may be used often. */
@Component(property = "service.ranking:Integer=1000")
public final class Door implements SignIn {

    /** What she is called, and what she and nobody else knows. */
    public static final String USER = "ann";

    public static final String PASSWORD = "open sesame";
    public static final String TOKEN = "token-of-ann";
    public static final String ONCE = "link-of-ann";

    private final Map<String, SignedIn> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    private SignedIn open() {
        String cookie = "session-" + count.incrementAndGet();
        SignedIn session = new SignedIn(cookie, "0123456789ab", Caller.user(USER), Instant.MAX);
        sessions.put(cookie, session);
        return session;
    }

    @Override
    public SignedIn password(String user, char[] password, String address) {
        if (user.equals(USER) && new String(password).equals(PASSWORD)) {
            return open();
        }
        throw new AccessException("the name or the password is wrong; try again", "sign_in");
    }

    @Override
    public void changePassword(Caller caller, char[] old, char[] next, String address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String once(Caller caller) {
        return ONCE;
    }

    @Override
    public Optional<SignedIn> enter(String secret, String address) {
        return secret.equals(ONCE) ? Optional.of(open()) : Optional.empty();
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
        return token.equals(TOKEN) ? Optional.of(Caller.user(USER)) : Optional.empty();
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
