// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.access.InventoryItem.ItemKey;
import io.jobyard.access.InventoryItem.ItemKind;
import io.jobyard.settings.api.AuditSeal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Bundles that users added: all except the program's own. */
final class AddedBundles {

    /** Bundles that install files on behalf of the files' authors: Jobyard's and Karaf's. */
    private static final Set<String> FILE_READERS = Set.of("io.jobyard.deploy", "org.apache.felix.fileinstall");
    /** Suffix of the new bundle of a file, which is installed next to the old bundle for a while. The audit sees one bundle per file. */
    private static final String SUCCESSOR = "#next";

    private final BundleContext context;
    private final ProgramBundles program;
    private final Path instance;
    private final AuditSeal seal;

    AddedBundles(BundleContext context, Path instance, AuditSeal seal) {
        this.context = context;
        this.program = new ProgramBundles(context);
        this.instance = instance;
        this.seal = seal;
    }

    boolean has(Bundle bundle) {
        return !program.has(bundle);
    }

    static ItemKey key(Bundle bundle) {
        return new ItemKey(ItemKind.BUNDLE, position(bundle));
    }

    private static String position(Bundle bundle) {
        String location = bundle.getLocation();
        return location.endsWith(SUCCESSOR) ? location.substring(0, location.length() - SUCCESSOR.length()) : location;
    }

    /** Returns whether another bundle of the same file remains when this bundle is removed. */
    boolean hasOther(Bundle bundle) {
        return Stream.of(context.getBundles())
                .anyMatch(other -> other.getBundleId() != bundle.getBundleId()
                        && key(other).equals(key(bundle)));
    }

    List<InventoryItem> all() {
        return Stream.of(context.getBundles())
                .filter(this::has)
                .map(bundle -> SeenBundle.of(bundle).installed(this))
                .toList();
    }

    /** A bundle in its current state, without its file. */
    record SeenBundle(String location, String name, String version, String by) {

        static SeenBundle of(Bundle bundle) {
            return new SeenBundle(
                    position(bundle),
                    Objects.requireNonNullElse(bundle.getSymbolicName(), position(bundle)),
                    bundle.getVersion().toString(),
                    "");
        }

        /** Records which bundle installed it. */
        SeenBundle by(Bundle origin) {
            if (FILE_READERS.contains(origin.getSymbolicName())) {
                return this;
            }
            boolean isFramework = origin.getBundleId() == Constants.SYSTEM_BUNDLE_ID; // the shell acts through it
            return new SeenBundle(
                    location,
                    name,
                    version,
                    isFramework ? InventoryItem.UNKNOWN : "bundle " + origin.getSymbolicName());
        }

        /** Returns the item, which includes details of the file. */
        InventoryItem installed(AddedBundles bundles) {
            Map<String, AuditedValue> values = new LinkedHashMap<>();
            values.put("version", AuditedValue.plain(version));
            Optional<Path> file = FileDetails.file(location);
            if (file.isPresent()) {
                values.put("file", AuditedValue.plain(bundles.shown(file.get())));
                values.put("sha-256", AuditedValue.plain(FileDetails.digest(file.get())));
            } else {
                values.put("location", AuditedValue.of("", "location", location, bundles.seal));
            }
            String who = by.isEmpty() ? file.map(FileDetails::owner).orElse(InventoryItem.UNKNOWN) : by;
            return new InventoryItem(ItemKind.BUNDLE, location, name, who, values);
        }
    }

    private String shown(Path file) {
        return (file.startsWith(instance) ? instance.relativize(file) : file).toString();
    }
}
