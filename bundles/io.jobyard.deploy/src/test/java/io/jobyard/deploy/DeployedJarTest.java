// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.DeployedFile.State;
import io.jobyard.deploy.SettledFiles.Version;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.bundle.CollisionHook;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** A real framework, and bundles with nothing in them: what becomes of their handlers is said by the test. */
class DeployedJarTest {

    private static final DeployOutcome BAD = DeployOutcome.threw("activation", new IllegalStateException("no"));

    @TempDir
    Path directory;

    private final Map<String, DeployOutcome> outcomes = new HashMap<>();
    private Framework framework;
    private Installer installer;
    private JarBackups keeper;
    private DeployOrder order;
    private DeployedBundles deployed;
    private Path file;
    private DeployedJar jar;
    private int touched;
    private int changed;
    private int retried;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("cache").toString(),
                        Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                        "30"));
        framework.start();
        installer = new Installer(framework.getBundleContext());
        framework.getBundleContext().registerService(CollisionHook.class, installer, null);
        keeper = new JarBackups(directory.resolve("kept"));
        order = new DeployOrder(directory.resolve("deploy.order"));
        file = Files.createDirectory(directory.resolve("deploy")).resolve("words.jar");
        jar = jar();
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(0);
    }

    @Test
    void otherRightsOfTheFileReplaceNothing() throws Exception {
        drop("1.0.0");
        List<Bundle> serving = bundles();
        changed++;
        look();
        assertThat(bundles()).isEqualTo(serving);
        assertThat(active()).containsExactly("1.0.0");

        JarFixture.bundle(file, "1.1.0", Map.of());
        changed++;
        look();
        assertThat(active()).containsExactly("1.1.0");
    }

    @Test
    void aGoodSuccessorTakesOver() throws Exception {
        drop("1.0.0");
        drop("1.1.0");
        assertThat(active()).containsExactly("1.1.0");
        assertThat(jar.status().line()).isEqualTo("deploy/words.jar: com.acme.words 1.1.0 is in use: work");
        assertThat(jar.replaced()).isEqualTo("com.acme.words 1.0.0");
    }

    @Test
    void oneOfTheSameVersionTakesOverToo() throws Exception {
        drop("1.0.0");
        long first = bundles().get(0).getBundleId();
        drop("1.0.0");
        assertThat(active()).containsExactly("1.0.0");
        assertThat(bundles().get(0).getBundleId()).isNotEqualTo(first);
    }

    @Test
    void theGoodOneStaysWhileItsSuccessorsAreBadAndGoesWithTheFirstGoodOne() throws Exception {
        drop("1.0.0");
        long good = bundles().get(0).getBundleId();

        drop("1.1.0", Map.of("Import-Package", "com.acme.nowhere"));
        assertServesOn(
                good,
                " (com.acme.words 1.1.0) is not in use: needs package com.acme.nowhere, but no bundle exports it");
        outcomes.put("1.2.0", BAD);
        drop("1.2.0");
        assertServesOn(good, " (com.acme.words 1.2.0) is not in use: activation threw IllegalStateException: no");
        drop("1.3.0", Map.of("Bundle-Activator", "com.acme.Gone"));
        assertServesOn(good, " (com.acme.words 1.3.0) is not in use: activation threw ClassNotFoundException: ");
        drop("1.4.0", Map.of("Import-Package", ";;"));
        assertServesOn(good, " is not in use: cannot install it: ");
        Files.writeString(file, "no jar");
        touched++;
        look();
        assertServesOn(good, " is not in use: it is not a jar: ");

        drop("1.5.0");
        assertThat(active()).containsExactly("1.5.0");
        assertThat(bundles()).hasSize(1);
    }

    @Test
    void aSuccessorThatBecomesGoodLaterTakesOverThen() throws Exception {
        drop("1.0.0");
        outcomes.put("1.1.0", BAD);
        drop("1.1.0");
        assertThat(jar.status().state()).isEqualTo(State.REFUSED);
        outcomes.remove("1.1.0");
        look();
        assertThat(active()).containsExactly("1.1.0");
    }

    @Test
    void whatCannotBeResolvedIsTriedAgainWhenAnotherBundleCame() throws Exception {
        drop("1.0.0", Map.of("Import-Package", "com.acme.words.spi;version=\"[1.2,2)\""));
        assertThat(jar.status().detail())
                .isEqualTo("needs package com.acme.words.spi [1.2.0,2.0.0), but no bundle exports it");
        Path other = directory.resolve("deploy/spi.jar");
        JarFixture.bundle(
                other,
                "1.0.0",
                Map.of("Bundle-SymbolicName", "spi", "Export-Package", "com.acme.words.spi;version=1.3.0"));
        installer.install(other, other, null);
        look();
        assertThat(jar.status().state()).isEqualTo(State.IN_USE);
    }

    @Test
    void whatAnotherBundleOfDeployNeedsIsNamedWithIt() throws Exception {
        Path other = directory.resolve("deploy/spi.jar");
        JarFixture.bundle(
                other,
                "1.0.0",
                Map.of("Bundle-SymbolicName", "spi", "Export-Package", "a", "Require-Bundle", "com.acme.base"));
        installer.install(other, other, null);
        drop("1.0.0", Map.of("Import-Package", "a"));
        assertThat(jar.status().detail())
                .isEqualTo("needs spi 1.0.0, which needs osgi.wiring.bundle com.acme.base, but no bundle provides it");
    }

    @Test
    void aLibraryStaysWhileAnotherBundleNeedsItsOldVersion() throws Exception {
        Path user = directory.resolve("deploy/user.jar");
        JarFixture.bundle(
                user, "1.0.0", Map.of("Bundle-SymbolicName", "user", "Import-Package", "a;version=\"[1,2)\""));
        drop("1.0.0", Map.of("Export-Package", "a;version=1.0.0"));
        Bundle using = installer.install(user, user, null);
        assertThat(installer.start(using)).isNull();

        drop("2.0.0", Map.of("Export-Package", "a;version=2.0.0"));
        assertThat(jar.status().line())
                .isEqualTo("deploy/words.jar (com.acme.words 2.0.0) is not in use: user 1.0.0 needs package a"
                        + " [1.0.0,2.0.0), which only the bundle that it would replace provides; com.acme.words 1.0.0 serves"
                        + " on");
        assertThat(using.getState()).isEqualTo(Bundle.ACTIVE);

        drop("1.1.0", Map.of("Export-Package", "a;version=1.1.0"));
        assertThat(active()).containsExactly("1.1.0");
    }

    @Test
    void whatCannotBeReadIsTriedAgain() throws Exception {
        look();
        assertThat(jar.status().line())
                .startsWith("deploy/words.jar is not in use: cannot read it: NoSuchFileException: ");
        JarFixture.bundle(file, "1.0.0", Map.of());
        look();
        assertThat(jar.status().state()).isEqualTo(State.IN_USE);
    }

    @Test
    void anInstallationThatFailsForLackOfRoomIsRetriedAndItsFixSaysSo() throws Exception {
        installer = new FullDisk(framework.getBundleContext(), 4);
        jar = jar();
        drop("1.0.0");
        assertThat(jar.status().line())
                .isEqualTo("deploy/words.jar is not in use: cannot install it: IOException: No space left on device");
        assertThat(jar.status().fix())
                .isEqualTo("free disk space for data/ and for the files of the bundle; the host retries automatically");
        for (int looks = 0; looks < 15; looks++) {
            look();
        }
        assertThat(jar.status().state()).isEqualTo(State.IN_USE);
    }

    @Test
    void whatTheFileHeldBeforeComesBackOnceThereIsRoom() throws Exception {
        drop("1.0.0");
        outcomes.put("1.1.0", BAD);
        drop("1.1.0");
        bundles().forEach(DeployedJarTest::uninstall);
        installer = new FullDisk(framework.getBundleContext(), 2);
        jar = jar();
        jar.begin();
        look();
        assertThat(active()).containsExactly("1.1.0");
        look();
        look();
        assertThat(jar.status().servesOn()).isEqualTo("com.acme.words 1.0.0");
    }

    @Test
    void aStartThatFailsForLackOfRightsIsRetriedAndOneThatFailsOtherwiseIsNot() throws Exception {
        installer = new FullDisk(framework.getBundleContext(), 0) {
            @Override
            DeployOutcome start(Bundle bundle) {
                retried++;
                super.start(bundle);
                stopped(bundle);
                return DeployOutcome.threw("activation", failure);
            }
        };
        jar = jar();
        drop("1.0.0");
        assertThat(jar.status().fix())
                .startsWith("let the host's user read the jar")
                .endsWith("retries automatically");
        look();
        assertThat(retried).isEqualTo(2);
        failure = new IllegalStateException("no");
        look();
        look();
        look();
        assertThat(retried).isEqualTo(3);
        look();
        assertThat(retried).isEqualTo(3);
    }

    @Test
    void aComponentThatFailsForLackOfRoomIsActivatedAgain() throws Exception {
        outcomes.put(
                "1.0.0",
                DeployOutcome.threw(
                        "activation of words",
                        "java.io.IOException: x\n\tat a.B\n"
                                + "Caused by: java.nio.file.FileSystemException: /full: No space left on device\n"));
        drop("1.0.0");
        assertThat(retried).isZero();
        look();
        assertThat(retried).isEqualTo(1);
    }

    @Test
    void whatNeedsANewerJavaSaysSo() throws Exception {
        drop("1.0.0", Map.of("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
        assertThat(jar.status().detail())
                .isEqualTo("needs Java 99 or later; this host runs on Java "
                        + Runtime.version().feature());
    }

    @Test
    void inTheNextLifeTheGoodOneIsThereAgain() throws Exception {
        drop("1.0.0");
        outcomes.put("1.1.0", BAD);
        drop("1.1.0");
        restart();
        assertThat(active()).containsExactlyInAnyOrder("1.0.0", "1.1.0");
        assertThat(jar.status().servesOn()).isEqualTo("com.acme.words 1.0.0");

        outcomes.clear();
        look();
        assertThat(active()).containsExactly("1.1.0");
        restart();
        assertThat(active()).containsExactly("1.1.0");
    }

    @Test
    void inTheNextLifeTheGoodOneStartsAlsoIfAnotherBundleThatNeedsItWasFirst() throws Exception {
        drop("1.0.0", Map.of("Export-Package", "a"));
        outcomes.put("1.1.0", BAD);
        drop("1.1.0");
        bundles().forEach(DeployedJarTest::uninstall);
        jar = jar();
        jar.begin();
        Path user = directory.resolve("deploy/user.jar");
        JarFixture.bundle(user, "1.0.0", Map.of("Bundle-SymbolicName", "user", "Import-Package", "a"));
        assertThat(installer.start(installer.install(user, user, null))).isNull();
        assertThat(bundles()).extracting(Bundle::getState).containsExactly(Bundle.RESOLVED);
        look();
        assertThat(jar.status().servesOn()).isEqualTo("com.acme.words 1.0.0");
    }

    @Test
    void untilTheHostHasComeToItNothingIsSaid() throws Exception {
        drop("1.0.0");
        FrameworkStartLevel level = framework.adapt(FrameworkStartLevel.class);
        setStartLevel(level, 20);
        Files.writeString(file, "no jar");
        restart();
        assertThat(jar.status().state()).isEqualTo(State.WAITING);
        setStartLevel(level, 30);
        look();
        assertThat(jar.status().line())
                .startsWith("deploy/words.jar is not in use: it is not a jar: ")
                .endsWith("; com.acme.words 1.0.0 serves on");
    }

    private static void setStartLevel(FrameworkStartLevel level, int to) throws InterruptedException {
        CountDownLatch isReached = new CountDownLatch(1);
        level.setStartLevel(to, event -> isReached.countDown());
        isReached.await();
    }

    @Test
    void ofAFileThatIsGoneNothingStays() throws Exception {
        drop("1.0.0");
        outcomes.put("1.1.0", BAD);
        drop("1.1.0");
        jar.remove();
        assertThat(bundles()).isEmpty();
        assertThat(directory.resolve("kept")).isEmptyDirectory();
    }

    @Test
    void noCopySurvivesItsFile() throws Exception {
        drop("1.0.0");
        assertThat(keeper.kept("words.jar")).exists();
        keeper.forgetAllBut(Set.of("other.jar"));
        assertThat(keeper.kept("words.jar")).doesNotExist();
    }

    @Test
    void anotherFileWithTheSameBundleIsRefusedUntilTheFirstIsGone() throws Exception {
        drop("1.0.0");
        DeployedJar first = jar;
        file = file.resolveSibling("copy.jar");
        jar = jar();
        drop("1.0.0");
        assertThat(jar.status().line())
                .isEqualTo("deploy/copy.jar is not in use: another bundle has the same symbolic name and version:"
                        + " com.acme.words:1.0.0");
        first.remove();
        look();
        assertThat(jar.status().state()).isEqualTo(State.IN_USE);
    }

    @Test
    void aJarInWhoseStartTheHostEndedTwiceInARowIsQuarantinedByItsHash() throws Exception {
        drop("1.0.0");
        Path mark = directory.resolve("kept/words.jar.starting");
        Files.writeString(mark, JarHash.of(file) + " 0");
        restart();
        assertThat(jar.status().state()).as("after the first end").isEqualTo(State.IN_USE);
        assertThat(mark).doesNotExist();

        Files.writeString(mark, JarHash.of(file) + " 1");
        restart();
        assertThat(jar.status().line())
                .isEqualTo("deploy/words.jar (com.acme.words 1.0.0) is not in use: it is quarantined: the host exited 2"
                        + " times in a row while the jar started, for example by System.exit (sha-256 "
                        + JarHash.of(file)
                        + ")");
        assertThat(active()).isEmpty();
        look();
        restart();
        assertThat(active()).as("in the next life too").isEmpty();

        drop("1.0.0", Map.of("Bundle-Name", "another build"));
        assertThat(jar.status().state()).isEqualTo(State.IN_USE);
    }

    @Test
    void aQuarantinedJarIsTakenAgainOnceItWasDeleted() throws Exception {
        JarFixture.bundle(file, "1.0.0", Map.of());
        Files.createDirectories(directory.resolve("kept"));
        Files.writeString(directory.resolve("kept/words.jar.starting"), JarHash.of(file) + " 1");
        look();
        assertThat(jar.status().detail()).startsWith("it is quarantined");
        jar.remove();
        jar = jar();
        look();
        assertThat(jar.status().state()).isEqualTo(State.IN_USE);
    }

    @Test
    void aStartIsMarkedWhileItLasts() throws Exception {
        Path mark = directory.resolve("kept/words.jar.starting");
        installer = new FullDisk(framework.getBundleContext(), 0) {
            @Override
            @Nullable
            DeployOutcome start(Bundle bundle) {
                assertThat(mark).exists();
                return super.start(bundle);
            }
        };
        jar = jar();
        drop("1.0.0");
        assertThat(active()).containsExactly("1.0.0");
        assertThat(mark).doesNotExist();
    }

    @Test
    void anUpdateKeepsItsPlaceAndABuildThatNeverServedDoesNot() throws Exception {
        order.keep(Set.of("words.jar"));
        order.keep(Set.of("words.jar", "zoo.jar"));
        drop("1.0.0");
        String first =
                deployed.find(bundles().get(0).getBundleId()).orElseThrow().build();
        drop("1.0.0", Map.of("Bundle-Name", "another build"));
        assertThat(deployed.find(bundles().get(0).getBundleId()).orElseThrow().position())
                .isEqualTo(1);
        assertThat(deployed.find(bundles().get(0).getBundleId()).orElseThrow().build())
                .isNotEqualTo(first)
                .hasSize(8);
        jar.remove();
        outcomes.put("1.1.0", BAD);
        jar = jar();
        drop("1.1.0");
        drop("1.2.0");
        assertThat(deployed.find(bundles().get(0).getBundleId()).orElseThrow().position())
                .isEqualTo(3);
    }

    @Test
    void oneThatWasStoppedByHandStaysSo() throws Exception {
        drop("1.0.0");
        bundles().get(0).stop();
        look();
        assertThat(jar.status().detail()).isEqualTo("was stopped manually");
        assertThat(active()).isEmpty();
        bundles().get(0).start();
        look();
        assertThat(jar.status().state()).isEqualTo(State.IN_USE);
    }

    private Exception failure = new AccessDeniedException("/key.pem");

    /** Has no room for a number of installations. */
    private static class FullDisk extends Installer {
        private int left;

        FullDisk(BundleContext context, int failures) {
            super(context);
            left = failures;
        }

        @Override
        Bundle install(Path jar, Path file, @Nullable Bundle predecessor) throws BundleException, IOException {
            if (left > 0) {
                left--;
                throw new BundleException("Unable to cache bundle", new IOException("No space left on device"));
            }
            return super.install(jar, file, predecessor);
        }
    }

    private void assertServesOn(long good, String line) {
        assertThat(framework.getBundleContext().getBundle(good).getState()).isEqualTo(Bundle.ACTIVE);
        assertThat(jar.status().line())
                .startsWith("deploy/words.jar" + line)
                .endsWith("; com.acme.words 1.0.0 serves on");
    }

    private void drop(String version) throws IOException {
        drop(version, Map.of());
    }

    private void drop(String version, Map<String, String> headers) throws IOException {
        JarFixture.bundle(file, version, headers);
        touched++;
        look();
    }

    private void look() {
        jar.look(
                new Version(FileTime.fromMillis(touched), 0, null, FileTime.fromMillis(changed)), installer.revision());
    }

    private void restart() throws Exception {
        bundles().forEach(DeployedJarTest::uninstall);
        jar = jar();
        jar.begin();
        look();
    }

    private static void stopped(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeployedJar jar() {
        deployed = new DeployedBundles(order);
        return new DeployedJar(
                file, installer, keeper, activation(), deployed, new StartMarks(directory.resolve("kept")));
    }

    private Activation activation() {
        return new Activation() {
            @Override
            public DeployOutcome outcome(Bundle bundle, @Nullable Bundle before) {
                return outcomes.getOrDefault(bundle.getVersion().toString(), DeployOutcome.inUse("work"));
            }

            @Override
            public boolean serves(Bundle bundle) {
                return false;
            }

            @Override
            public void retry(Bundle bundle) {
                retried++;
            }
        };
    }

    private List<Bundle> bundles() {
        return Stream.of(framework.getBundleContext().getBundles())
                .filter(bundle -> "com.acme.words".equals(bundle.getSymbolicName()))
                .toList();
    }

    private List<String> active() {
        return bundles().stream()
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> bundle.getVersion().toString())
                .toList();
    }
}
