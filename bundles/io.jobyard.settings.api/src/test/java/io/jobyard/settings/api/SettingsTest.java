// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.settings.api.host.HostClock;
import io.jobyard.settings.api.host.HostInstance;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** Values that come and go while the host lives, and from one life to the next. */
class SettingsTest {

    private static final Map<String, Object> BAD = Map.of("size", "64");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("data/last-good/io.jobyard.box.properties");
    }

    private record Box(int size, String name) {
        static Box read(SettingsReader reader) {
            return new Box(reader.integer("size", 4, 1, 32), reader.text("name", "none"));
        }
    }

    /** Of a host that has just started. */
    private Settings<Box> fresh() {
        return new Settings<>("io.jobyard.box", Box::read, new LastGood(file));
    }

    @Test
    void aBadChangeIsRefusedWholeAndTheLastGoodOneStays() {
        Settings<Box> settings = fresh();
        settings.update(Map.of("size", 8));
        settings.update(Map.of("size", "64", "name", "new", "sise", "1"));
        assertThat(settings.current()).isEqualTo(new Box(8, "none"));
        assertThat(settings.problems()).hasSize(2);
        settings.update(Map.of("size", "16"));
        assertThat(settings.current()).isEqualTo(new Box(16, "none"));
        assertThat(settings.examine()).isEmpty();
    }

    @Test
    void theLastGoodOneIsInForceWhenTheHostStartsWithABadOne() {
        fresh().update(Map.of("size", 8, "name", " é = \\ # ! ", "service.pid", "io.jobyard.box"));
        Settings<Box> next = fresh();
        List<Box> heard = new ArrayList<>();
        next.onChange(heard::add);
        next.update(BAD);
        assertThat(next.current()).isEqualTo(new Box(8, "é = \\ # !"));
        assertThat(next.problems()).containsExactly("invalid size: use a whole number from 1 to 32");
        assertThat(next.examine().get(0).fix()).contains("Box[size=8");
        assertThat(heard).containsExactly(next.current());
    }

    @Test
    void itIsNotBroughtBackOverOneThatCameLater() {
        fresh().update(Map.of("size", 8));
        Settings<Box> next = fresh();
        next.update(Map.of());
        next.update(BAD);
        assertThat(next.current()).isEqualTo(new Box(4, "none"));
    }

    @Test
    void aConfigurationThatIsGoneTakesItsLastGoodOneAlong() {
        fresh().update(Map.of("size", 8));
        fresh().update(Map.of("service.pid", "io.jobyard.box"));
        assertThat(file).doesNotExist();
        Settings<Box> next = fresh();
        next.update(BAD);
        assertThat(next.current()).isEqualTo(new Box(4, "none"));

        fresh().update(Map.of("size", 8));
        new LastGood(file).forget();
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatCannotBeReadIsRefusedInOneLineAndTheLastGoodOneStays() {
        Settings<Box> settings = fresh();
        settings.update(Map.of("size", 8));
        settings.update(Map.of(SettingsReader.UNREADABLE, "etc/io.jobyard.box.cfg cannot be read: it is not UTF-8"));
        assertThat(settings.current()).isEqualTo(new Box(8, "none"));
        assertThat(settings.problems()).containsExactly("etc/io.jobyard.box.cfg cannot be read: it is not UTF-8");
        assertThat(settings.examine().get(0).fix()).startsWith("fix it; until then Box[size=8");
    }

    @Test
    void aFileOfAWrongNameInThePlaceOfAGoodOneEndsTheGoodOne() {
        Settings<Box> settings = fresh();
        settings.update(Map.of("size", 8));
        settings.update(Map.of(SettingsReader.MISNAMED, "etc/io.jobyard.box.conf is not in force", "sise", "9"));
        assertThat(settings.current()).isEqualTo(new Box(4, "none"));
        assertThat(settings.problems()).containsExactly("etc/io.jobyard.box.conf is not in force");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatNobodyHasAConfigurationForIsForgotten() {
        fresh().update(Map.of("size", 8));
        BundleContext context = (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> directory.toString());
        Instance home = new HostInstance(context, new HostClock());
        LastGood.forgetAllBut(home, Set.of("io.jobyard.box", "io.jobyard.other"));
        assertThat(file).exists();
        LastGood.forgetAllBut(home, Set.of("io.jobyard.box~a"));
        assertThat(file).doesNotExist();
    }

    @Test
    void onlyTheOwnerReadsTheFile() throws IOException {
        fresh().update(Map.of("name", "secret"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("name=secret");
        try (var all = Files.list(file.getParent())) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void whatIsInForceAlreadyKeepsItsInstant() throws IOException {
        fresh().update(Map.of("size", 8));
        Instant then = Instant.parse("2030-01-01T00:00:00Z");
        Files.setLastModifiedTime(file, FileTime.from(then));
        fresh().update(Map.of("size", " 8 "));
        assertThat(new LastGood(file).read()).contains(new LastGood.KeptValues(Map.of("size", "8"), then));
    }

    @Test
    void aFileThatIsBadItselfLeavesTheDefaults() throws IOException {
        fresh().update(Map.of("size", 8));
        for (String text : List.of("size = 99", "size = \\u12", "\u0000")) {
            Files.writeString(file, text);
            Settings<Box> next = fresh();
            next.update(BAD);
            assertThat(next.current()).as(text).isEqualTo(new Box(4, "none"));
        }
    }

    @Test
    void aFileThatCannotBeWrittenHoldsNothingUp() throws IOException {
        Files.createDirectories(file.resolve("in the way"));
        Settings<Box> settings = fresh();
        settings.update(Map.of("size", 8));
        assertThat(settings.current()).isEqualTo(new Box(8, "none"));
    }
}
