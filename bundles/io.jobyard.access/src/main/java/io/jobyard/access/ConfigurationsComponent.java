// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.Finding;
import io.jobyard.api.ValidationException;
import io.jobyard.settings.api.ConfigurationFiles;
import io.jobyard.settings.api.ConfigurationFiles.ConfigurationFile;
import io.jobyard.settings.api.ConfigurationName;
import io.jobyard.settings.api.Configurations;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.SettingsCheck;
import io.jobyard.settings.api.StoredConfiguration;
import io.jobyard.spi.Examiner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.MetaTypeService;

/**
 * Combines Config Admin's values, the keys that bundles declare, the last good values and the doctor's findings: a
 * configuration with a finding is not in force.
 */
@Component
public final class ConfigurationsComponent implements Configurations {

    private static final String OURS = "(service.pid=" + AuditedConfigurations.OURS + "*)";

    private final BundleContext context;
    private final Instance instance;
    private final ConfigurationAdmin admin;
    private final MetaTypeService metatypes;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Examiner> examiners = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<SettingsCheck> checks = List.of();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable ConfigurationFiles files;

    @Activate
    public ConfigurationsComponent(
            BundleContext context,
            @Reference Instance instance,
            @Reference ConfigurationAdmin admin,
            @Reference MetaTypeService metatypes) {
        this.context = context;
        this.instance = instance;
        this.admin = admin;
        this.metatypes = metatypes;
    }

    @Override
    public List<ConfigurationState> all() {
        Map<String, List<Finding>> problems = problems();
        List<KnownPid> known = known();
        List<ConfigurationState> all = new ArrayList<>();
        Map<String, KnownPid> unwritten = singles(known);
        for (StoredConfiguration configuration : configurations()) {
            unwritten.remove(configuration.pid());
            all.add(written(configuration, problems).inForce(reader(configuration, known)));
        }
        unwritten.forEach((pid, reader) ->
                all.add(new WrittenConfiguration(pid, null, Map.of(), Map.of(), problems.getOrDefault(pid, List.of()))
                        .inForce(reader)));
        all.sort(Comparator.comparing(ConfigurationState::name));
        return all;
    }

    @Override
    public List<String> factories() {
        return known().stream()
                .filter(KnownPid::isFactory)
                .map(factory -> factory.pid() + "-NAME")
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public CheckedFile check(String file, String text) {
        ConfigurationFiles readers = files;
        if (readers == null) {
            throw new ValidationException(
                    "not allowed: this host does not manage etc/, so it cannot check files there");
        }
        ConfigurationFile wanted = readers.read(file, text)
                .orElseThrow(() -> new ValidationException(
                        "the host ignores file '" + file + "'; name it io.jobyard.NAME.cfg, or specify its PID"));
        KnownPid known = known().stream()
                .filter(each -> each.pid().equals(wanted.pid()) && each.isFactory() == (wanted.name() != null))
                .findFirst()
                .orElse(null);
        return new ConfigurationPreview(checks, wanted, known).against(now(wanted.fullName()));
    }

    private WrittenConfiguration now(String name) {
        Map<String, List<Finding>> problems = problems();
        return configurations().stream()
                .map(configuration -> written(configuration, problems))
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseGet(() -> new WrittenConfiguration(
                        name, null, Map.of(), Map.of(), problems.getOrDefault(name, List.of())));
    }

    private List<KnownPid> known() {
        return KnownPid.of(context.getBundles(), metatypes);
    }

    private static Map<String, KnownPid> singles(List<KnownPid> known) {
        return known.stream()
                .filter(each -> !each.isFactory())
                .collect(Collectors.toMap(KnownPid::pid, each -> each, (one, other) -> one, TreeMap::new));
    }

    private static @Nullable KnownPid reader(StoredConfiguration configuration, List<KnownPid> known) {
        String factory = configuration.factory();
        String pid = factory == null ? configuration.pid() : factory;
        return known.stream()
                .filter(each ->
                        each.isFactory() == (factory != null) && each.pid().equals(pid))
                .findFirst()
                .orElse(null);
    }

    private Map<String, List<Finding>> problems() {
        return examiners.stream()
                .flatMap(examiner -> examiner.examine().stream())
                .filter(finding -> !finding.note())
                .collect(Collectors.groupingBy(Finding::subject));
    }

    private WrittenConfiguration written(StoredConfiguration configuration, Map<String, List<Finding>> problems) {
        Map<String, Object> raw = configuration.raw();
        String pid = configuration.pid();
        String factory = configuration.factory();
        String name = factory == null ? pid : ConfigurationName.of(factory, raw).pid();
        Path file = FileDetails.file(String.valueOf(raw.get(AuditedConfigurations.FILE)))
                .map(Path::getFileName)
                .orElse(null);
        return new WrittenConfiguration(
                name,
                Objects.toString(file, null),
                AuditedConfigurations.texts(raw),
                LastGood.of(instance, pid).values(),
                problems.getOrDefault(name, List.of()));
    }

    private List<StoredConfiguration> configurations() {
        try {
            return StoredConfiguration.list(admin, OURS);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the configurations: " + e.getMessage(), e);
        }
    }
}
