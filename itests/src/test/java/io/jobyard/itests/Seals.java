// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether the histories of jobs that have ended are those that were sealed, and none is missing. */
final class Seals {

    private static final String ALGORITHM = "HmacSHA512/256";
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final Database database;
    private final Map<String, String> pages;
    private final byte[] key;

    /** By the key in that file. */
    Seals(Database database, Path key) throws Exception {
        this.database = database;
        pages = database.rows("trail_page").stream()
                .collect(Collectors.toMap(page -> page.text("job_id"), page -> page.text("body"), String::concat));
        this.key = HexFormat.of().parseHex(Files.readString(key).strip());
    }

    /** Holds at every moment, also right after a kill. */
    void check() throws GeneralSecurityException {
        BigInteger sum = BigInteger.ZERO;
        long histories = 0;
        for (Row job : database.rows("job")) {
            boolean ended = Event.FINAL.contains(job.text("status"));
            assertThat(job.text("seal")).as(job::toString).isEqualTo(ended ? seal(job) : "");
            if (ended) {
                sum = sum.add(new BigInteger(job.text("seal"), 16));
                histories++;
            }
        }
        BigInteger all = BigInteger.ZERO;
        long count = 0;
        for (Row life : database.rows("sealed")) {
            all = all.add(new BigInteger(life.text("total"), 16));
            count += life.longNumber("histories");
            byte[] total = HexFormat.of().parseHex(life.text("total"));
            ByteBuffer bytes = ByteBuffer.allocate(3 * Long.BYTES + total.length);
            bytes.putLong(life.number("incarnation")).putLong(life.longNumber("changes"));
            bytes.putLong(life.longNumber("histories")).put(total);
            assertThat(life.text("seal")).as(life::toString).isEqualTo(mac(bytes));
        }
        assertThat(count).isEqualTo(histories);
        assertThat(all.mod(MODULUS)).isEqualTo(sum.mod(MODULUS));
    }

    private String seal(Row job) throws GeneralSecurityException {
        String text = pages.getOrDefault(job.text("id"), "") + job.text("trail");
        byte[] utf8 = (job.text("submitter") + "\n" + text).getBytes(StandardCharsets.UTF_8);
        UUID id = UUID.fromString(job.text("id"));
        ByteBuffer bytes = ByteBuffer.allocate(4 * Long.BYTES + utf8.length);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, job.instant("created_at")));
        bytes.putLong(job.text("submitter").length()).put(utf8);
        return mac(bytes);
    }

    private String mac(ByteBuffer bytes) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(key, ALGORITHM));
        return HexFormat.of().formatHex(mac.doFinal(bytes.array()));
    }
}
