// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.itests.Program.ListedBundle;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.Test;

/** What bundles say is shown by every face, so only the shell names its commands. Read from the texts in the code that is shipped. */
public class NeutralTextsIT {

    private static final String COMMAND = "(?s).*\\bjob:[a-z].*";
    private static final int MAGIC_AND_VERSION = 8;

    @Test
    public void onlyTheShellNamesItsCommands() throws IOException {
        Map<String, List<String>> named = new HashMap<>();
        for (ListedBundle bundle : Program.bundles()) {
            if (bundle.name().startsWith("io.jobyard.")) {
                List<String> texts = texts(bundle).stream()
                        .filter(text -> text.matches(COMMAND))
                        .toList();
                if (!texts.isEmpty()) {
                    named.put(bundle.name(), texts);
                }
            }
        }
        assertThat(named).containsOnlyKeys("io.jobyard.shell");
    }

    private static List<String> texts(ListedBundle bundle) throws IOException {
        List<String> texts = new ArrayList<>();
        try (JarFile jar = new JarFile(bundle.jar().toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith("io/jobyard/") && entry.getName().endsWith(".class")) {
                    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                        texts.addAll(literals(in));
                    }
                }
            }
        }
        return texts;
    }

    /** The constants of type String, as of chapter 4.4 of the specification of the Java machine; what annotations say is none. */
    private static List<String> literals(DataInputStream in) throws IOException {
        in.skipNBytes(MAGIC_AND_VERSION);
        int count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        List<Integer> literals = new ArrayList<>();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts.put(index, in.readUTF());
                case 8 -> literals.add(in.readUnsignedShort());
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    index++; // takes two places
                }
                case 7, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                default -> throw new IOException("unknown constant " + tag);
            }
        }
        return literals.stream().map(texts::get).toList();
    }
}
