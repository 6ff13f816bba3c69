// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeployFailureFilterTest {

    private static final String THEIRS = "bundle com.acme.ctor:1.0.0 (69)[com.acme.ctor.H(91)] : ";
    private static final String OURS = "bundle io.jobyard.worker:0.1.0 (66)[io.jobyard.worker.HandlerRegistry(80)] : ";
    private static final Throwable THROWN = new IllegalStateException("the key file is missing");

    private final LoggerContext loggers = new LoggerContext();

    @Test
    void aComponentThatFailsWhileItsJarIsTakenIsLeftOut() {
        assertThat(onDeploysThread(THEIRS + "Error during instantiation")).isEqualTo(FilterReply.DENY);
        assertThat(onDeploysThread(OURS + "Could not get service from ref [x.JobHandler]"))
                .isEqualTo(FilterReply.DENY);
        assertThat(onDeploysThread(OURS + "DependencyManager : Service not available from service registry for x"))
                .isEqualTo(FilterReply.DENY);
    }

    @Test
    void whatElseIsSaidOnThatThreadStays() {
        assertThat(onDeploysThread("the vault cannot be opened")).isEqualTo(FilterReply.NEUTRAL);
        assertThat(onDeploysThread(OURS + "Error during instantiation")).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void aComponentThatFailsOnAnotherThreadStays() {
        assertThat(decide("com.acme.ctor.H", THEIRS + "Error during instantiation", THROWN))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void whatTheFrameworkMakesOfItIsLeftOut() {
        String text = "FrameworkEvent ERROR";
        Throwable theirs = new IllegalStateException("Service factory returned null. (Component: com.acme.H (91))");
        Throwable another = new IllegalStateException("Service factory exception: no");
        assertThat(decide("Events.Framework", text, theirs)).isEqualTo(FilterReply.DENY);
        assertThat(decide("Events.Framework", text, another)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide("Events.Framework", text, THROWN)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decide("Events.Framework", text, null)).isEqualTo(FilterReply.NEUTRAL);
    }

    private FilterReply onDeploysThread(String text) {
        CompletableFuture<FilterReply> reply = new CompletableFuture<>();
        new Thread(() -> reply.complete(decide("com.acme.ctor.H", text, THROWN)), "jobyard-deploy-1").start();
        return reply.join();
    }

    private FilterReply decide(String logger, String text, @Nullable Throwable thrown) {
        return new DeployFailureFilter().decide(null, loggers.getLogger(logger), Level.ERROR, text, null, thrown);
    }
}
