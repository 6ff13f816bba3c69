// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.QuotaException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.identity.PasswordHash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Password hashing, which is deliberately slow to slow down guessing. Concurrency is limited, so that many attempts by strangers
 * do not use the whole machine.
 */
final class Passwords {

    static final int ROUNDS = 600_000;
    static final int SHORTEST = 12;
    static final int LONGEST = 200;

    private static final int BYTES = 32;
    private static final int AT_ONCE = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOME = Duration.ofSeconds(5);
    /** Maximum number of waiting attempts, because each holds a thread that other requests need. */
    static final int WAITING = 8;

    private final SecureRandom random = new SecureRandom();
    /** Created once, so that code which removes the security providers of the process does not break sign-in. */
    private final SecretKeyFactory keys;

    private final Semaphore turns;
    private final Duration timeout;
    private final int rounds;
    private final PasswordHash decoy;
    private final Supplier<Instant> now;

    Passwords(Supplier<Instant> now) {
        this(ROUNDS, AT_ONCE, TIMEOUT, now);
    }

    Passwords(int rounds, int atOnce, Duration timeout, Supplier<Instant> now) {
        this.now = now;
        this.rounds = rounds;
        this.timeout = timeout;
        turns = new Semaphore(atOnce, true);
        try {
            keys = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
        }
        decoy = new PasswordHash(rounds, bytes(), bytes());
    }

    /**
     * Returns a hash that matches no password. Checking it takes as long as a real one, so timing does not reveal
     * unknown users.
     */
    PasswordHash decoy() {
        return decoy;
    }

    PasswordHash hash(char[] password) {
        if (password.length < SHORTEST || password.length > LONGEST) {
            throw new ValidationException("invalid password: it has " + password.length + " characters; use " + SHORTEST
                    + " to " + LONGEST + "; use, for example, four unrelated words");
        }
        String salt = bytes();
        return new PasswordHash(rounds, salt, derive(password, salt, rounds));
    }

    /** Returns whether a password matches, in constant time. */
    boolean matches(char[] password, PasswordHash kept) {
        String hash = derive(password.length > LONGEST ? new char[0] : password, kept.salt(), kept.rounds());
        return MessageDigest.isEqual(decode(hash), decode(kept.hash()));
    }

    private String derive(char[] password, String salt, int times) {
        takeTurn();
        PBEKeySpec key = new PBEKeySpec(password, decode(salt), times, BYTES * Byte.SIZE);
        try {
            byte[] derived = keys.generateSecret(key).getEncoded();
            return Base64.getEncoder().encodeToString(derived);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot derive a key from a password", e);
        } finally {
            key.clearPassword();
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.getQueueLength() < WAITING && turns.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new QuotaException(
                "too many password checks at the moment; try again in a few seconds",
                now.get().plus(SOME));
    }

    private String bytes() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getDecoder().decode(text);
    }
}
