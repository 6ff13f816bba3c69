// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.identity.StoredSession;
import io.jobyard.spi.identity.StoredToken;
import io.jobyard.spi.identity.StoredUser;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Currently valid tokens and sessions, which each request needs: cached for two seconds, and cleared after a
 * change.
 */
@Component(service = {KnownIdentities.class, CommitListener.class})
public final class KnownIdentities implements CommitListener {

    /** Minimum age of the stored last use before a newer use is stored. */
    static final Duration USE_STORED = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(KnownIdentities.class);

    private final IdentityStore store;
    private final Clock clock;
    private final ExpiringCache<StoredToken> tokens;
    private final ExpiringCache<StoredSession> sessions;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public KnownIdentities(@Reference IdentityStore store, @Reference Clock clock) {
        this.store = store;
        this.clock = clock;
        tokens = new ExpiringCache<>(clock);
        sessions = new ExpiringCache<>(clock);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Returns a token, limited by the tokens that created it. Empty if it does not exist, has expired, or its owner
     * cannot sign in, or if the same is true of a token that created it.
     */
    Optional<StoredToken> token(String hash) {
        Instant now = now();
        Optional<StoredToken> known = tokens.get(hash, () -> store.token(hash).flatMap(this::bounded))
                .filter(token -> !token.isFinished(now));
        known.filter(token -> isStale(token.life().usedAt(), now))
                .filter(token -> tokens.replace(hash, token, token.used(now)))
                .ifPresent(token -> storeUse(hash, now));
        return known;
    }

    private Optional<StoredToken> bounded(StoredToken token) {
        TokenChain chain = new TokenChain(TokenChain.isMadeByToken(token) ? store.tokens(null) : List.of());
        boolean haveOwners = chain.of(token).stream().allMatch(one -> user(one.owner()) != null);
        return haveOwners ? chain.bounded(token) : Optional.empty();
    }

    /** Returns a session; empty if it does not exist, has expired, or its user has changed since its start. */
    Optional<StoredSession> session(String hash) {
        Instant now = now();
        Optional<StoredSession> known = sessions.get(
                        hash, () -> store.session(hash).filter(this::isOfItsUser))
                .filter(session -> now.isBefore(session.until()));
        known.filter(session -> isStale(session.usedAt(), now))
                .filter(session -> sessions.replace(hash, session, session.used(now)))
                .ifPresent(session -> storeUse(hash, now));
        return known;
    }

    /** Returns a user; null if the user does not exist or cannot sign in. */
    @Nullable
    StoredUser user(String name) {
        return store.user(name).filter(user -> user.disabledAt() == null).orElse(null);
    }

    private boolean isOfItsUser(StoredSession session) {
        if (session.kind() == Caller.CallerKind.ADMINISTRATOR) {
            return true;
        }
        StoredUser user = user(session.user());
        return user != null && user.version() == session.version();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        identitiesChanged(); // commits may have been missed
    }

    @Override
    public void committed(List<Committed> changes) {
        // a job is never an identity
    }

    @Override
    public void identitiesChanged() {
        changed();
        listeners.forEach(Runnable::run);
    }

    /** Adds a listener that is called after each change. Returns an action that removes it. */
    Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Clears the cache after a change on this host. */
    void changed() {
        tokens.clear();
        sessions.clear();
    }

    private static boolean isStale(@Nullable Instant usedAt, Instant now) {
        return usedAt == null || !now.isBefore(usedAt.plus(USE_STORED));
    }

    private void storeUse(String hash, Instant now) {
        store.used(hash, now).whenComplete((done, fault) -> {
            if (fault != null) {
                LOG.warn("Cannot store when a token or session was last used: {}", fault.getMessage());
            }
        });
    }
}
