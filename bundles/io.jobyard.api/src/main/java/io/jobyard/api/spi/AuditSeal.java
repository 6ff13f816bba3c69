// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.framework.BundleContext;

/**
 * Seals the rows of the audit: HMAC-SHA-256 over the predecessor's seal and the row, by a key that lies outside the
 * database. Safe for use by several threads.
 */
public final class AuditSeal {

    private static final String ALGORITHM = "HmacSHA256";
    /** Another one: no text can be chosen so that its digest is a row's seal. */
    private static final String OF_TEXTS = "HmacSHA512";

    private static final int KEY_BYTES = 32;
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{" + 2 * KEY_BYTES + "}");

    private final SecretKeySpec key;

    /**
     * By that key.
     *
     * @param key its bytes
     */
    public AuditSeal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * That of the instance that this framework runs. Its key is in {@code data/audit.key}, made when it is first asked
     * for, and readable for the host's user alone.
     *
     * @param context of any bundle
     * @return the seal
     */
    public static AuditSeal of(BundleContext context) {
        return of(data(context).resolve("audit.key"));
    }

    /**
     * Where the instance keeps its data.
     *
     * @param context of any bundle
     * @return the directory
     */
    public static Path data(BundleContext context) {
        String instance = Objects.requireNonNullElse(context.getProperty("jobyard.instance"), "");
        return Path.of(instance).toAbsolutePath().resolve("data");
    }

    /** One after the other: two that make the key at once would go by two. */
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
                        file + " is damaged: bring it back from a backup; without it the audit cannot be verified",
                        null);
            }
            return new AuditSeal(HexFormat.of().parseHex(key));
        } catch (IOException e) {
            throw new StoreException(file + " cannot be read or made: " + e.getMessage(), e);
        }
    }

    /**
     * Seals a row.
     *
     * @param before the seal of the row before, for the first of a life that of the row its {@link AuditBegin} names; may be empty
     * @param incarnation the life of the host
     * @param number the row's number in that life
     * @param entry what it says
     * @return the row
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
            return new AuditRow(incarnation, number, entry, hash(ALGORITHM, bytes.toByteArray()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Tells a text from others without telling it: by the same key, so that nobody without it can try what fits.
     *
     * @param text such as a password
     * @return its keyed hash, in hexadecimal digits
     */
    public String digest(String text) {
        return hash(OF_TEXTS, text.getBytes(StandardCharsets.UTF_8));
    }

    private String hash(String algorithm, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
