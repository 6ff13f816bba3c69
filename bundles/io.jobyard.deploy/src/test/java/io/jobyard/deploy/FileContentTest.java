// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentTest {

    @TempDir
    private Path etc;

    @Test
    void everyValueIsATextWhateverItLooksLike() throws IOException {
        assertThat(read("versions = [1.2,1.2]\na = \"b\"\nn = I\"3\"\nlist = ( \"x\", \"y\" )\nhome = ${user.home}\n")
                        .values())
                .containsOnly(
                        entry("versions", "[1.2,1.2]"),
                        entry("a", "\"b\""),
                        entry("n", "I\"3\""),
                        entry("list", "( \"x\", \"y\" )"),
                        entry("home", "${user.home}"));
    }

    @Test
    void itIsUtf8WithOrWithoutAMark() throws IOException {
        assertThat(read("members = user:Jürgen\n").values()).containsOnly(entry("members", "user:Jürgen"));
        assertThat(read("\uFEFFmembers = user:J\\u00fcrgen\n").values()).containsOnly(entry("members", "user:Jürgen"));
    }

    @Test
    void whatCannotBeReadSaysWhy() throws IOException {
        assertThat(FileContent.read(Files.write(etc.resolve("a"), "a = ü".getBytes(StandardCharsets.ISO_8859_1)))
                        .fault())
                .isEqualTo("it is not UTF-8");
        assertThat(read("a = \\u12").fault()).isEqualTo("Malformed \\uxxxx encoding.");
        assertThat(read("= 3").fault()).isEqualTo("a line begins without a key");
        assertThat(read("rate = 1/s\nRate = 2/s").fault()).isEqualTo("duplicate key rate");
        assertThat(read("a = hunter1\nb = 2\na = hunter2\n").fault()).isEqualTo("duplicate key a");
        assertThat(read("a = 1\na = 1\nb = 2\nb : 3").fault()).isEqualTo("duplicate key a and b");
        assertThat(FileContent.read(etc.resolve("none")).fault()).isEqualTo("it is a dangling link");
        assertThat(FileContent.read(Files.createDirectory(etc.resolve("d"))).fault())
                .isEqualTo("Is a directory");
    }

    private FileContent read(String text) throws IOException {
        return FileContent.read(Files.writeString(etc.resolve("f"), text));
    }
}
