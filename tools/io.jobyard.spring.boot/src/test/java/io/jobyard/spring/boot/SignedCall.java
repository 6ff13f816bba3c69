// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Delivery of a webhook as the host sends it. */
record SignedCall(String id, String timestamp, String signature, String body) {

    static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString("hush".getBytes(StandardCharsets.UTF_8));
    static final String BODY = "{\"type\": \"job.failed\", \"timestamp\": \"2030-01-01T00:00:00.123456Z\", \"data\":"
            + " {\"id\": \"7\", \"type\": \"invoice\", \"submitter\": \"shop\", \"queue\": \"default\","
            + " \"status\": \"failed\", \"reason\": \"error\", \"run\": 2, \"attempt\": 2,"
            + " \"at\": \"2030-01-01T00:00:00.123456Z\"}}";
    static final WebhookEvent EVENT = new WebhookEvent(
            "evt_1",
            "7",
            "invoice",
            "shop",
            "default",
            "failed",
            "error",
            Instant.parse("2030-01-01T00:00:00.123456Z"));

    static SignedCall of(String id, Instant time, String body) {
        String timestamp = Long.toString(time.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("hush".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] sum = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return new SignedCall(id, timestamp, "v1," + Base64.getEncoder().encodeToString(sum), body);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
