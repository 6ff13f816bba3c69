// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.ValidationException;
import io.jobyard.deploy.EtcFiles.SettledContent;
import io.jobyard.deploy.SettledFiles.Version;
import io.jobyard.settings.api.ConfigurationFiles;
import io.jobyard.settings.api.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads files as the watcher of {@code etc/} does, and writes them. */
@Component
public final class EtcConfigurationFiles implements ConfigurationFiles {

    private static final Version NONE = new Version(FileTime.fromMillis(0), 0, null, null);

    private final Path etc;

    @Activate
    public EtcConfigurationFiles(@Reference Instance instance) {
        this(instance.etc());
    }

    EtcConfigurationFiles(Path etc) {
        this.etc = etc;
    }

    @Override
    public Optional<ConfigurationFile> read(String file, String text) {
        Map<String, SettledContent> one = Map.of(file, new SettledContent(NONE, FileContent.of(text)));
        return WantedConfiguration.of(one).values().stream().findFirst().map(EtcConfigurationFiles::file);
    }

    @Override
    public Optional<String> text(String file) {
        Path path = path(file);
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        FileContent content = FileContent.read(path);
        if (content.fault() != null) {
            throw new ValidationException("cannot read etc/" + file + ": " + content.fault());
        }
        try {
            return Optional.of(Files.readString(path));
        } catch (IOException e) {
            throw new ValidationException("cannot read etc/" + file + ": " + e.getMessage());
        }
    }

    private Path path(String file) {
        Path path = etc.resolve(file);
        if (!etc.equals(path.getParent())) {
            throw new ValidationException("invalid name of a file in etc/: '" + file + "'");
        }
        return path;
    }

    @Override
    public String edited(String text, Map<String, String> values) {
        return PropertiesText.edited(text, values);
    }

    @Override
    public void replace(String file, @Nullable String before, String after) {
        if (!Objects.equals(text(file).orElse(null), before)) {
            throw new ValidationException("etc/" + file + " was changed meanwhile; read it again and retry");
        }
        try {
            EtcFileWriter.replace(path(file), after);
        } catch (IOException e) {
            throw new ValidationException(
                    "etc/" + file + " was not changed: cannot write it with its mode and owner: " + e);
        }
    }

    private static ConfigurationFile file(WantedConfiguration wanted) {
        Map<String, String> values = new TreeMap<>();
        wanted.values().forEach((key, value) -> values.put(key, String.valueOf(value)));
        ConfigurationTarget target = wanted.target();
        return new ConfigurationFile(target.pid(), target.name(), wanted.file(), values);
    }
}
