#include "write_file.h"

#include <filesystem>
#include <fstream>

namespace tactus::tools {

bool write_file(const std::string& path, std::string_view bytes) {
  const std::string unfinished = path + ".part";
  std::ofstream file(unfinished, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code failed;
  if (file) std::filesystem::rename(unfinished, path, failed);
  if (file && !failed) return true;
  std::filesystem::remove(unfinished, failed);
  return false;
}

}  // namespace tactus::tools
