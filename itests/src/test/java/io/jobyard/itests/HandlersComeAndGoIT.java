// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.itests.guest.Guest;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.experimental.categories.Category;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A handler's bundle is stopped, started, updated, uninstalled and installed while its jobs run: none is lost, charged
 * or failed by it, and nothing of the bundle stays. {@code -Djobyard.comings=200} for many rounds.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
@Category(Storm.class)
public class HandlersComeAndGoIT {

    private static final int ROUNDS = Integer.getInteger("jobyard.comings", 3);

    @Inject
    private BundleContext context;

    @Inject
    private JobManager jobs;

    @Inject
    private StatusReporter reporter;

    @Inject
    private ConfigurationAdmin configurations;

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    @Configuration
    public Option[] program() throws Exception {
        Path guests = Files.createTempDirectory("guests");
        for (String version : List.of("1.0.0", "1.0.1")) {
            HandlerJar.write(guests.resolve(version + ".jar"), Guest.class, "com.acme.guest", version);
        }
        return OptionUtils.combine(
                Container.ofProgram(),
                systemProperty("guests").value(guests.toString()),
                systemProperty("jobyard.comings").value(String.valueOf(ROUNDS)));
    }

    @Test
    public void nothingIsLostAndNothingStays() throws Exception {
        configurations
                .getConfiguration("io.jobyard.worker", "?")
                .update(new Hashtable<>(Map.of("drain.timeout.seconds", "1")));
        Bundle guest = install();
        GuestLoad load = new GuestLoad(jobs, reporter);
        load.start();
        for (int round = 0; round < ROUNDS; round++) {
            load.awaitMore();
            stop(guest);
            guest.start();
            remember(guest);
            load.awaitMore();
            guest.update(jar("1.0.1"));
            remember(guest);
            load.awaitMore();
            refresh(guest);
            remember(guest);
            load.awaitMore();
            guest.uninstall();
            guest = install();
        }
        int made = load.end();
        System.out.println(made + " jobs, " + load.drained() + " runs drained");
        assertThat(load.drained()).isPositive();
        assertThat(until(() -> left() == 1)).as("class loaders of %s", guest).isTrue();
        assertThat(until(() -> workers() == 4)).as("worker threads").isTrue();
    }

    /** When it has stopped, nobody uses its services any more. */
    private static void stop(Bundle guest) throws Exception {
        ServiceReference<?>[] services = guest.getRegisteredServices();
        assertThat(services).isNotEmpty();
        guest.stop();
        assertThat(guest.getRegisteredServices()).isNull();
        for (ServiceReference<?> service : services) {
            assertThat(service.getUsingBundles()).isNull();
        }
    }

    /** How many class loaders of the handler's bundles there still are. */
    private long left() {
        System.gc();
        return loaders.stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    private static long workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("jobyard-worker-"))
                .count();
    }

    private static boolean until(BooleanSupplier so) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!so.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return so.getAsBoolean();
    }

    private Bundle install() throws Exception {
        Bundle guest = context.installBundle("guest", jar("1.0.0"));
        guest.start();
        remember(guest);
        return guest;
    }

    private static InputStream jar(String version) throws Exception {
        return Files.newInputStream(Path.of(System.getProperty("guests"), version + ".jar"));
    }

    private void remember(Bundle guest) {
        loaders.add(new WeakReference<>(guest.adapt(BundleWiring.class).getClassLoader()));
    }

    private void refresh(Bundle guest) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(Set.of(guest), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
            }
        });
        done.await();
    }
}
