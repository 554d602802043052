@echo off
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0qkv.ps1" %*
exit /b %ERRORLEVEL%
