// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.DeployedFile.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

@Timeout(60)
class JarLooksTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final JarLooks looks = new JarLooks(TimeUnit.MILLISECONDS.toNanos(50));
    private final AtomicLong now = new AtomicLong();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final CountDownLatch lets = new CountDownLatch(1);

    private Framework framework;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, directory.resolve("cache").toString()));
        framework.init();
    }

    @AfterEach
    void stop() throws Exception {
        lets.countDown();
        looks.stop();
        framework.stop();
        framework.waitForStop(0);
    }

    @Test
    void aCallThatDoesNotReturnHoldsUpNoOtherJarAndIsNamedWithItsStack() throws Exception {
        List<WatchedJar> jars = jars("a.jar", "b.jar", "c.jar");
        looks.all(jars, this::look);
        assertThat(seen).containsExactly("b.jar", "c.jar");
        assertThat(jars.get(0).finding()).as("within its time").isEmpty();

        now.addAndGet(TIMEOUT.toNanos());
        assertThat(jars.get(0).status().state()).isEqualTo(State.REFUSED);
        assertThat(jars.get(0).finding().orElseThrow().problem())
                .startsWith("deploy/a.jar is not in use: ")
                .contains(
                        " did not return within 30 s, in ", JarLooksTest.class.getName() + ".look(JarLooksTest.java:");
        assertThat(jars.get(1).finding()).isEmpty();

        looks.all(jars, this::look);
        assertThat(seen).as("the first one is left alone").containsExactly("b.jar", "c.jar", "b.jar", "c.jar");
        lets.countDown();
        await().until(jars.get(0)::isFree);
        assertThat(jars.get(0).finding()).isEmpty();
        looks.all(jars, this::look);
        assertThat(seen).endsWith("a.jar", "b.jar", "c.jar");
    }

    @Test
    void aCallThatFailsHoldsUpNoOtherJar() throws Exception {
        looks.all(jars("a.jar", "b.jar"), jar -> {
            seen.add(jar.name());
            if (jar.name().equals("a.jar")) {
                throw new StackOverflowError();
            }
        });
        assertThat(seen).containsExactly("a.jar", "b.jar");
    }

    private void look(WatchedJar jar) {
        if (jar.name().equals("a.jar")) {
            try {
                lets.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        seen.add(jar.name());
    }

    private List<WatchedJar> jars(String... names) {
        return Stream.of(names).map(this::jar).toList();
    }

    private WatchedJar jar(String name) {
        Installer installer = new Installer(framework.getBundleContext());
        DeployedBundles bundles = new DeployedBundles(new DeployOrder(directory.resolve("order")));
        return new WatchedJar(
                new DeployedJar(
                        directory.resolve(name),
                        installer,
                        new JarBackups(directory),
                        activation(),
                        bundles,
                        new StartMarks(directory)),
                () -> TIMEOUT,
                now::get);
    }

    private static Activation activation() {
        return new Activation() {
            @Override
            public DeployOutcome outcome(Bundle bundle, @Nullable Bundle before) {
                throw new IllegalStateException();
            }

            @Override
            public void retry(Bundle bundle) {
                throw new IllegalStateException();
            }

            @Override
            public boolean serves(Bundle bundle) {
                throw new IllegalStateException();
            }
        };
    }
}
