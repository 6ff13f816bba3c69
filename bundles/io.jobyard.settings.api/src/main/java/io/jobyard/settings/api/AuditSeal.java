// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.StoreException;
import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Seals of rows in the audit: HMAC-SHA-256 over the predecessor's seal and the row, with a key that is stored outside the database. */
public final class AuditSeal {

    private static final String ALGORITHM = "HmacSHA256";
    /** Algorithm for texts. It differs, so that the hash of a text can never equal a row's seal. */
    private static final String OF_TEXTS = "HmacSHA512";

    /** Algorithm for histories. It differs for the same reason. The result has 32 bytes. */
    private static final String OF_HISTORIES = "HmacSHA512/256";

    private static final int KEY_BYTES = 32;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{" + 2 * KEY_BYTES + "}");

    private final Mac rows;
    private final Mac texts;
    private final Mac histories;

    /**
     * Creates a seal with a key.
     *
     * @param key key in bytes
     */
    public AuditSeal(byte[] key) {
        SecretKeySpec secret = new SecretKeySpec(key, ALGORITHM);
        rows = keyed(ALGORITHM, secret);
        texts = keyed(OF_TEXTS, secret);
        histories = keyed(OF_HISTORIES, secret);
    }

    /** Created once, so that code which removes the security providers of the process does not prevent seals. */
    private static Mac keyed(String algorithm, SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    /**
     * Returns the seal of an instance. Its key is in {@code data/audit.key}; it is created at the first use, readable only by the host's
     * user.
     *
     * @param instance instance with the data directory
     */
    public static AuditSeal of(Instance instance) {
        return of(instance.data().resolve("audit.key"));
    }

    /** Reads or creates the key. Synchronized, so that two callers do not create two keys. */
    static synchronized AuditSeal of(Path file) {
        try {
            if (Files.notExists(file)) {
                byte[] fresh = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(fresh);
                OwnFile.replace(file, HexFormat.of().formatHex(fresh));
            }
            String key = Files.readString(file).strip();
            if (!KEY.matcher(key).matches()) {
                throw new StoreException(
                        file + " is damaged: restore it from a backup; without it the audit cannot be verified", null);
            }
            return new AuditSeal(HexFormat.of().parseHex(key));
        } catch (IOException e) {
            throw new StoreException(file + " cannot be read or created: " + e.getMessage(), e);
        }
    }

    /**
     * Seals a row.
     *
     * @param before seal of the previous row; for the first row of an incarnation, the seal in its {@link AuditBegin}; may be empty
     * @param incarnation incarnation of the host
     * @param number number of the row in that incarnation
     * @param entry content of the row
     */
    public AuditRow seal(String before, UUID incarnation, long number, AuditEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(incarnation.getMostSignificantBits());
            out.writeLong(incarnation.getLeastSignificantBits());
            out.writeLong(number);
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
            for (String text : new String[] {before, entry.who(), entry.action(), entry.target(), entry.detail()}) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
            return new AuditRow(incarnation, number, entry, hash(rows, bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Seals the first row of an incarnation.
     *
     * @param begin content of the row
     * @return row with the number 1
     */
    public AuditRow seal(AuditBegin begin, UUID life, Instant at) {
        return seal(begin.seal(), life, 1, begin.entry(life, at));
    }

    /**
     * Returns the keyed hash of a text, for example a password, in hexadecimal digits. Without the key, nobody can test guesses of the
     * text.
     */
    public String digest(String text) {
        return hash(texts, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Seals the history of a finished job.
     *
     * @param job ID of the job
     * @param submitter submitter of the job
     * @param createdAt time of its admission, to the microsecond
     * @param text complete history, as stored
     * @return seal of 32 bytes
     */
    public byte[] history(UUID job, String submitter, Instant createdAt, String text) {
        byte[] utf8 = (submitter + "\n" + text).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES + utf8.length);
        bytes.putLong(job.getMostSignificantBits()).putLong(job.getLeastSignificantBits());
        bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt));
        bytes.putLong(submitter.length()).put(utf8);
        return sum(histories, bytes.array());
    }

    /**
     * Seals the sum of the seals of many histories.
     *
     * @param life number of the incarnation that sealed them
     * @param changes number of changes of the sum
     * @return seal of 32 bytes
     */
    public byte[] histories(int life, long changes, long histories, byte[] sum) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES + sum.length);
        bytes.putLong(life).putLong(changes).putLong(histories).put(sum);
        return sum(this.histories, bytes.array());
    }

    private static String hash(Mac keyed, byte[] bytes) {
        return HexFormat.of().formatHex(sum(keyed, bytes));
    }

    /** Returns a copy of a keyed instance, because an instance serves one caller at a time. */
    private static byte[] sum(Mac keyed, byte[] bytes) {
        try {
            return ((Mac) keyed.clone()).doFinal(bytes);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this Java cannot copy an instance of " + keyed.getAlgorithm(), e);
        }
    }
}
